import { el, setHidden, setText, type Child } from '../dom.js';

/** A table that scrolls sideways on a small screen, and says when it is empty. */
export class Table {
  readonly element: HTMLElement;
  readonly #body = el('tbody');
  readonly #none = el('p', { class: 'soft table-none' });

  constructor(caption: string, heads: readonly string[], none: string) {
    const head = el('tr', {}, ...heads.map((words) => words === '' ? el('td') : el('th', { scope: 'col' }, words)));
    this.element = el('div', { class: 'table-place', tabindex: '0', role: 'region', 'aria-label': caption },
      el('table', {}, el('caption', { class: 'unseen' }, caption), el('thead', {}, head), this.#body), this.#none);
    setText(this.#none, none);
    setHidden(this.#none, true);
  }

  show(rows: readonly HTMLTableRowElement[]): void {
    this.#body.replaceChildren(...rows);
    setHidden(this.#none, rows.length > 0);
  }

  add(rows: readonly HTMLTableRowElement[]): void {
    this.#body.append(...rows);
  }
}

export function row(...cells: (Child | Child[])[]): HTMLTableRowElement {
  return el('tr', {}, ...cells.map((cell) => el('td', {}, ...(Array.isArray(cell) ? cell : [cell]))));
}

export function number(count: number): HTMLElement {
  return el('span', { class: 'number' }, count.toLocaleString());
}
