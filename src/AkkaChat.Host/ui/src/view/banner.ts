// The state of the connection in words.

import type { Chat } from '../chat.js';
import type { State } from '../state/state.js';
import { button, el, setAttribute, setHidden, setText } from './dom.js';

/** A loss that is over sooner is not worth a word. */
const lostAfter = 1_000;
const backFor = 3_000;

export class Banner {
  readonly #title = el('strong');
  readonly #text = el('span');
  readonly #now: HTMLButtonElement;
  readonly element: HTMLElement;
  #lost: ReturnType<typeof setTimeout> | undefined;
  #hide: ReturnType<typeof setTimeout> | undefined;
  #isShown = false;
  #state: State | undefined;

  constructor(chat: Chat) {
    this.#now = button('Try now', 'link-button', () => chat.connection.tryNow());
    this.element = el('div', { class: 'banner', role: 'status', 'aria-label': 'Connection' },
      el('span', { class: 'banner-words' }, this.#title, ' ', this.#text), this.#now);
    setHidden(this.#now, true);
  }

  update(state: State): void {
    this.#state = state;
    const { link } = state;
    if (link.kind === 'online') return this.#back();
    if (link.kind !== 'connecting' && link.kind !== 'reconnecting') return this.#quiet();
    if (this.#isShown) return this.#waiting();
    this.#lost ??= setTimeout(() => this.#waiting(), lostAfter);
  }

  #waiting(): void {
    const link = this.#state?.link;
    if (link?.kind !== 'connecting' && link?.kind !== 'reconnecting') return;
    clearTimeout(this.#hide);
    this.#isShown = true;
    setAttribute(this.element, 'data-mood', 'waiting');
    setText(this.#title, link.kind === 'connecting' ? 'Connecting…' : 'Reconnecting…');
    setText(this.#text, stillTrying(link.failures));
    setHidden(this.#now, link.kind === 'connecting' || link.failures < 2);
  }

  #back(): void {
    clearTimeout(this.#lost);
    this.#lost = undefined;
    if (!this.#isShown) return;
    this.#isShown = false;
    setAttribute(this.element, 'data-mood', 'good');
    setText(this.#title, 'Connected.');
    setText(this.#text, '');
    setHidden(this.#now, true);
    this.#hide = setTimeout(() => this.#quiet(), backFor);
  }

  #quiet(): void {
    clearTimeout(this.#lost);
    this.#lost = undefined;
    this.#isShown = false;
    setAttribute(this.element, 'data-mood', undefined);
    setText(this.#title, '');
    setText(this.#text, '');
    setHidden(this.#now, true);
  }
}

function stillTrying(failures: number): string {
  if (!navigator.onLine) return 'This device is offline. What you write is sent later.';
  return failures < 3 ? 'What you write is sent later.' : 'The server does not answer yet. What you write is sent later.';
}
