// The few helpers every view uses. Text becomes text nodes here and nowhere becomes markup.

type Attributes = Record<string, string>;

export function byId<T extends Element>(id: string, type: abstract new (...args: never) => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`index.html has no ${type.name} with id "${id}"`);
  return element;
}

export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K, attributes: Attributes = {}, ...children: (Node | string)[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
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
