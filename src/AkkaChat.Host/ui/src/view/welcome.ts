// The first screen: choose a name.

import type { Chat } from '../chat.js';
import { lastName } from '../identity.js';
import { tidy } from '../protocol.js';
import type { State } from '../state.js';
import { showAvatar } from './avatar.js';
import { byId, setAttribute, setHidden, setText } from './dom.js';

export class Welcome {
  readonly #screen = byId('welcome', HTMLElement);
  readonly #input = byId('name', HTMLInputElement);
  readonly #avatar = byId('name-avatar', HTMLElement);
  readonly #status = byId('name-status', HTMLElement);

  constructor(chat: Chat) {
    this.#input.value = lastName();
    this.#showAvatar();
    this.#input.addEventListener('input', () => this.#showAvatar());
    byId('name-form', HTMLFormElement).addEventListener('submit', (event) => {
      event.preventDefault();
      chat.start(this.#input.value);
      if (chat.state.nameError !== '') this.#input.focus();
    });
  }

  update(state: State): void {
    const appears = this.#screen.hidden && state.phase === 'naming';
    setHidden(this.#screen, state.phase !== 'naming');
    const failed = state.nameError !== '';
    setText(this.#status, failed ? state.nameError : linkInWords(state));
    this.#status.classList.toggle('is-error', failed);
    setAttribute(this.#input, 'aria-invalid', failed ? 'true' : undefined);
    if (appears) this.#input.select();
  }

  #showAvatar(): void {
    showAvatar(this.#avatar, tidy(this.#input.value));
  }
}

function linkInWords(state: State): string {
  if (state.link.kind !== 'connecting') return '';
  return state.link.failures === 0 ? 'Connecting…' : 'The server can’t be reached. Still trying…';
}
