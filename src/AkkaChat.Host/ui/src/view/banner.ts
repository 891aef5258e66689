// The state of the connection in words, and the corner that says who you are.

import type { Chat } from '../chat.js';
import type { State } from '../state.js';
import { showAvatar } from './avatar.js';
import { byId, el, setAttribute, setText } from './dom.js';

const backFor = 3_000;

export class Banner {
  readonly #element = byId('banner', HTMLElement);
  readonly #title = el('strong');
  readonly #text = el('span');
  readonly #here = el('button', { type: 'button', class: 'button' }, 'Use it here');
  #wasLost = false;
  #hide: ReturnType<typeof setTimeout> | undefined;

  constructor(chat: Chat) {
    this.#here.addEventListener('click', () => chat.useHere());
    this.#element.append(el('span', { class: 'banner-words' }, this.#title, ' ', this.#text));
  }

  update({ link, phase }: State): void {
    switch (link.kind) {
      case 'online': return this.#back();
      case 'connecting':
        // The first moment of a reload is not worth a word.
        return phase === 'chatting' && link.failures > 0
          ? this.#show('waiting', 'Connecting…', stillTrying(link.failures)) : this.#quiet();
      case 'reconnecting': return this.#show('waiting', 'Reconnecting…', stillTrying(link.failures));
      case 'replaced': return this.#show('stopped', 'Open in another tab.', 'This chat now runs there.', this.#here);
      default: return phase === 'naming' ? this.#quiet() : undefined;
    }
  }

  #show(mood: string, title: string, text: string, action?: HTMLElement): void {
    clearTimeout(this.#hide);
    this.#wasLost = true;
    setAttribute(this.#element, 'data-mood', mood);
    setText(this.#title, title);
    setText(this.#text, text);
    if (!action) this.#here.remove();
    else if (!action.isConnected) this.#element.append(action);
  }

  #back(): void {
    if (!this.#wasLost) return;
    this.#show('good', 'Connected.', '');
    this.#wasLost = false;
    this.#hide = setTimeout(() => this.#quiet(), backFor);
  }

  #quiet(): void {
    setAttribute(this.#element, 'data-mood', undefined);
    setText(this.#title, '');
    setText(this.#text, '');
  }
}

export class Me {
  readonly #avatar = byId('me-avatar', HTMLElement);
  readonly #name = byId('me-name', HTMLElement);
  readonly #link = byId('me-link', HTMLElement);

  update(state: State): void {
    showAvatar(this.#avatar, state.name);
    setText(this.#name, state.name);
    setText(this.#link, state.link.kind === 'online' ? 'Online' : 'Not connected');
    setAttribute(this.#link, 'data-online', String(state.link.kind === 'online'));
  }
}

function stillTrying(failures: number): string {
  if (!navigator.onLine) return 'This device is offline.';
  return failures < 2 ? 'Your text is kept.' : `The server does not answer yet (attempt ${failures + 1}). Your text is kept.`;
}
