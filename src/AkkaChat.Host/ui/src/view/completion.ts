// The list that comes up when somebody types an @.

import type { Person, Presence } from '../protocol.js';
import { avatar, showPresence } from './avatar.js';
import { el, setAttribute, setHidden } from './dom.js';

const most = 8;

export interface Candidate { person: Person; presence: Presence | undefined }

export class Completion {
  readonly element = el('ul', { class: 'completion', role: 'listbox', id: 'completion', 'aria-label': 'People to mention', hidden: '' });
  readonly #input: HTMLTextAreaElement;
  readonly #candidates: () => Candidate[];
  #found: Candidate[] = [];
  #from = 0;
  #at = 0;

  constructor(input: HTMLTextAreaElement, candidates: () => Candidate[]) {
    this.#input = input;
    this.#candidates = candidates;
    input.setAttribute('aria-autocomplete', 'list');
    input.addEventListener('blur', () => setTimeout(() => this.close(), 150));
    input.addEventListener('click', () => this.update());
  }

  get open(): boolean {
    return !this.element.hidden;
  }

  update(): void {
    const typed = /(?:^|[\s(])@([^\s@][^@\n]{0,30}|)$/u.exec(this.#input.value.slice(0, this.#input.selectionStart));
    if (!typed || this.#input.selectionStart !== this.#input.selectionEnd) return this.close();
    const words = (typed[1] ?? '').toLowerCase();
    this.#from = this.#input.selectionStart - words.length - 1;
    this.#found = ranked(this.#candidates(), words).slice(0, most);
    // A name that is written out needs no choosing: Enter sends.
    if (this.#found.length === 0 || this.#found.some(({ person }) => person.name.toLowerCase() === words)) return this.close();
    this.#at = 0;
    this.element.replaceChildren(...this.#found.map((candidate, index) => this.#itemOf(candidate, index)));
    setHidden(this.element, false);
    this.#input.setAttribute('aria-controls', 'completion');
    this.#mark();
  }

  close(): void {
    setHidden(this.element, true);
    setAttribute(this.#input, 'aria-activedescendant', undefined);
    setAttribute(this.#input, 'aria-controls', undefined);
  }

  /** Returns whether the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.open) return false;
    switch (event.key) {
      case 'ArrowDown': this.#at = (this.#at + 1) % this.#found.length; break;
      case 'ArrowUp': this.#at = (this.#at - 1 + this.#found.length) % this.#found.length; break;
      case 'Enter': case 'Tab': this.#take(this.#found[this.#at]); break;
      case 'Escape': this.close(); break;
      default: return false;
    }
    event.preventDefault();
    event.stopPropagation();
    if (this.open) this.#mark();
    return true;
  }

  #take(candidate: Candidate | undefined): void {
    if (!candidate) return;
    const after = this.#input.value.slice(this.#input.selectionStart);
    const name = `@${candidate.person.name}${after.startsWith(' ') ? '' : ' '}`;
    this.#input.setRangeText(name, this.#from, this.#input.selectionStart, 'end');
    this.close();
    this.#input.dispatchEvent(new Event('input'));
    this.close();
  }

  #mark(): void {
    [...this.element.children].forEach((item, index) => setAttribute(item, 'aria-selected', String(index === this.#at)));
    this.#input.setAttribute('aria-activedescendant', `completion-${this.#at}`);
    this.element.children[this.#at]?.scrollIntoView({ block: 'nearest' });
  }

  #itemOf(candidate: Candidate, index: number): HTMLElement {
    const picture = avatar(candidate.person.name, 'avatar-mini');
    showPresence(picture, candidate.presence);
    const item = el('li', { role: 'option', id: `completion-${index}`, class: 'completion-item' }, picture, el('bdi', {}, candidate.person.name));
    // The words keep the focus; without that, the list would be gone before the click.
    item.addEventListener('mousedown', (event) => event.preventDefault());
    item.addEventListener('click', () => this.#take(candidate));
    return item;
  }
}

function ranked(candidates: Candidate[], words: string): Candidate[] {
  const rank = ({ person, presence }: Candidate) => {
    const name = person.name.toLowerCase();
    const place = name.startsWith(words) ? 0 : name.split(/\s+/).some((word) => word.startsWith(words)) ? 1 : -1;
    return place < 0 ? -1 : place * 2 + (presence ? 0 : 1);
  };
  return candidates.filter((one) => rank(one) >= 0).sort((a, b) => rank(a) - rank(b) || a.person.name.localeCompare(b.person.name));
}
