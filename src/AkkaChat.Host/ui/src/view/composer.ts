// Where messages are written. A text leaves the input only when it could be sent.

import type { Chat } from '../chat.js';
import { limits } from '../protocol.js';
import { currentRoom, type Room, type State } from '../state.js';
import { byId, setAttribute, setHidden, setText } from './dom.js';

/** So many characters before the limit, the hint counts. */
const countBelow = 400;
const plainHint = 'Enter sends · Shift + Enter starts a new line · Alt + ↑ or ↓ changes the room';

export class Composer {
  readonly #chat: Chat;
  readonly #form = byId('composer', HTMLFormElement);
  readonly #input = byId('text', HTMLTextAreaElement);
  readonly #label = byId('text-label', HTMLElement);
  readonly #button = byId('send', HTMLButtonElement);
  readonly #hint = byId('composer-hint', HTMLElement);
  #room: Room | undefined;
  #connecting = false;

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#form.addEventListener('submit', (event) => { event.preventDefault(); this.#send(); });
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => {
      // While an input method composes, Enter chooses a word.
      if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#send();
    });
  }

  focus(): void {
    this.#input.focus();
  }

  update(state: State): void {
    const room = currentRoom(state);
    setHidden(this.#form, room === undefined);
    if (room !== this.#room) this.#switchTo(room);
    if (!room) return;
    setText(this.#label, `Message to ${room.name}`);
    setAttribute(this.#input, 'placeholder', `Message #${room.name}`);
    this.#connecting = state.link.kind === 'connecting' && state.link.failures === 0;
    this.#showHint();
  }

  #switchTo(room: Room | undefined): void {
    this.#room = room;
    this.#input.value = room?.draft ?? '';
    this.#grow();
  }

  #typed(): void {
    if (this.#room) this.#room.draft = this.#input.value;
    this.#grow();
    this.#showHint();
  }

  #send(): void {
    if (this.#chat.send(this.#input.value)) {
      this.#input.value = '';
      this.#typed();
    }
    this.#input.focus();
  }

  #showHint(): void {
    const ready = this.#room?.stage === 'inside';
    const left = limits.text - this.#input.value.length;
    const plain = this.#connecting || (ready && left >= countBelow);
    setText(this.#hint, plain ? plainHint : ready ? `${left} characters left` : waiting(this.#room));
    this.#hint.classList.toggle('is-plain', plain);
    setAttribute(this.#button, 'aria-disabled', ready && this.#input.value.trim() !== '' ? undefined : 'true');
  }

  /** As high as the text, up to what the style sheet allows. */
  #grow(): void {
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}

function waiting(room: Room | undefined): string {
  if (room?.error !== undefined) return `You are not in this room: ${room.error}`;
  return room?.stage === 'entering' ? 'Going in…' : 'Not connected. Your text stays here until you are back.';
}
