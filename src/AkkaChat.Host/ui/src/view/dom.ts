// The few helpers every view uses. Text becomes text nodes here and nowhere becomes markup.

type Attributes = Record<string, string>;
export type Child = Node | string;

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}

const svgSpace = 'http://www.w3.org/2000/svg';

/** One of the drawings in index.html. */
export function icon(name: string): SVGElement {
  const svg = document.createElementNS(svgSpace, 'svg');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const use = document.createElementNS(svgSpace, 'use');
  use.setAttribute('href', `#icon-${name}`);
  svg.append(use);
  return svg;
}

export function unseen(words: string): HTMLElement {
  return el('span', { class: 'unseen' }, words);
}

export function button(words: string, className: string, act: (event: MouseEvent) => void): HTMLButtonElement {
  return pressable(el('button', { type: 'button', class: className }, words), act);
}

/** Only a drawing: its name is for listeners and for who points at it. */
export function iconButton(name: string, label: string, act: (event: MouseEvent) => void, className = ''): HTMLButtonElement {
  const element = el('button', { type: 'button', class: `icon-button ${className}`.trim(), 'aria-label': label, title: label }, icon(name));
  return pressable(element, act);
}

function pressable(element: HTMLButtonElement, act: (event: MouseEvent) => void): HTMLButtonElement {
  element.addEventListener('click', act);
  return element;
}

/**
 * A press beside the content: on the element itself, from beginning to end. To act when it begins would give its end to what
 * lies below, and to act on any end would take one that began inside, as when words are selected.
 */
export function onClickBeside(element: HTMLElement, act: () => void): void {
  let beganHere = false;
  element.addEventListener('pointerdown', (event) => { beganHere = event.target === element; });
  element.addEventListener('click', (event) => { if (beganHere && event.target === element) act(); });
}

/** Whether the key is an input method's, as Enter that chooses a word. Safari ends the composition first; 229 still tells. */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** Writes only what differs: unchanged text is not announced again and keeps its selection. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

export function setAttribute(element: Element, name: string, value: string | undefined): void {
  if (value === undefined) element.removeAttribute(name);
  else if (element.getAttribute(name) !== value) element.setAttribute(name, value);
}

export function setHidden(element: HTMLElement, hidden: boolean): void {
  if (element.hidden !== hidden) element.hidden = hidden;
}

export interface ItemView<T> {
  element: Element;
  update(item: T): void;
}

/** A list whose elements live as long as their items: what stays is never taken out of the document. */
export class KeyedList<T> {
  readonly #parent: Element;
  readonly #keyOf: (item: T) => string;
  readonly #create: (item: T) => ItemView<T>;
  readonly #views = new Map<string, ItemView<T>>();

  constructor(parent: Element, keyOf: (item: T) => string, create: (item: T) => ItemView<T>) {
    this.#parent = parent;
    this.#keyOf = keyOf;
    this.#create = create;
  }

  show(items: readonly T[]): void {
    this.#removeAllBut(new Set(items.map(this.#keyOf)));
    let place = this.#parent.firstElementChild;
    for (const item of items) {
      const { element } = this.#viewOf(item);
      if (element === place) place = place.nextElementSibling;
      else this.#parent.insertBefore(element, place);
    }
  }

  #viewOf(item: T): ItemView<T> {
    const key = this.#keyOf(item);
    let view = this.#views.get(key);
    if (!view) this.#views.set(key, view = this.#create(item));
    view.update(item);
    return view;
  }

  #removeAllBut(keys: Set<string>): void {
    for (const [key, view] of this.#views) {
      if (keys.has(key)) continue;
      view.element.remove();
      this.#views.delete(key);
    }
  }
}
