// The middle: the room's header, its log, and what stands there when there is no room.

import type { Chat } from '../chat.js';
import { currentRoom, type Room, type State } from '../state.js';
import { people } from '../words.js';
import { byId, el, setHidden, setText } from './dom.js';
import { RoomLog } from './log.js';

export class Conversation {
  readonly #chat: Chat;
  readonly #logs = new Map<string, RoomLog>();
  readonly #place = byId('logs', HTMLElement);
  readonly #title = byId('room-title', HTMLElement);
  readonly #count = byId('people-count', HTMLElement);
  readonly #showPeople = byId('show-people', HTMLButtonElement);
  readonly #leave = byId('leave-room', HTMLButtonElement);
  readonly #nothing = byId('no-room', HTMLElement);
  readonly #toLatest = byId('to-latest', HTMLButtonElement);
  readonly #hash = el('span', { class: 'hash', 'aria-hidden': 'true' }, '#');
  readonly #name = el('bdi');
  #seen = 0;

  constructor(chat: Chat, left: () => void) {
    this.#chat = chat;
    this.#title.append(this.#hash, this.#name);
    this.#leave.addEventListener('click', () => {
      const room = currentRoom(chat.state);
      if (!room) return;
      void chat.leave(room);
      left();
    });
    this.#toLatest.addEventListener('click', () => this.#currentLog()?.toEnd());
  }

  update(state: State): void {
    const room = currentRoom(state);
    this.#dropLogs(state);
    for (const one of state.rooms.values()) this.#showLog(one, one === room);
    setHidden(this.#nothing, room !== undefined);
    setHidden(this.#hash, room === undefined);
    setText(this.#name, room?.name ?? 'AkkaChat');
    setHidden(this.#leave, room === undefined);
    setHidden(this.#showPeople, room === undefined);
    setText(this.#count, people(room?.members.length ?? 0));
    this.#offerLatest();
  }

  #showLog(room: Room, inView: boolean): void {
    let log = this.#logs.get(room.key);
    if (!log) {
      log = this.#newLog(room);
      this.#logs.set(room.key, log);
      this.#place.append(log.element);
    }
    // First shown, then filled: only what arrives while it is shown may be announced and can be measured.
    setHidden(log.element, !inView);
    log.update(room);
  }

  #newLog(room: Room): RoomLog {
    return new RoomLog(room, {
      again: (message) => this.#chat.sendAgain(room, message),
      discard: (message) => this.#chat.discard(room, message),
    }, () => this.#offerLatest());
  }

  #dropLogs(state: State): void {
    for (const [key, log] of this.#logs) {
      if (state.rooms.has(key)) continue;
      log.element.remove();
      this.#logs.delete(key);
    }
  }

  #currentLog(): RoomLog | undefined {
    return this.#chat.state.current === undefined ? undefined : this.#logs.get(this.#chat.state.current);
  }

  /** Someone who reads further up is not dragged to the end, but told that there is more. */
  #offerLatest(): void {
    const room = currentRoom(this.#chat.state);
    const count = room?.entries.length ?? 0;
    const atEnd = this.#currentLog()?.atEnd ?? true;
    if (atEnd) this.#seen = count;
    setHidden(this.#toLatest, atEnd);
    setText(this.#toLatest, count > this.#seen ? 'New messages ↓' : 'To the latest ↓');
  }
}
