// How far the person has read, whether they are at the page at all, and that they are typing.

import type { Chat } from './chat.js';
import * as rules from './state/rooms.js';
import type { RoomState } from './state/rooms.js';
import { currentRoom } from './state/state.js';

const tellAfter = 400;
const awayAfter = 5 * 60_000;
const typingEvery = 3_000;

export class Reading {
  readonly #chat: Chat;
  readonly #told = new Map<string, number>();
  readonly #toTell = new Set<RoomState>();
  readonly #typed = new Map<string, number>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #away: ReturnType<typeof setTimeout> | undefined;
  #chosenAway = false;

  constructor(chat: Chat) {
    this.#chat = chat;
    for (const event of ['pointerdown', 'keydown', 'focus', 'wheel']) addEventListener(event, () => this.active(), { passive: true });
    document.addEventListener('visibilitychange', () => {
      if (document.visibilityState === 'hidden') this.#tellAll();
      this.active();
    });
    setInterval(() => this.#forgetTyping(), 1_000);
    this.active();
  }

  get chosenAway(): boolean {
    return this.#chosenAway;
  }

  connected(): void {
    this.#told.clear();
    if (this.#chat.state.away) void this.#chat.connection.ask('away', { away: true });
  }

  /** The person may see the end of the room: then it is read. */
  looked(): void {
    const room = currentRoom(this.#chat.state);
    if (!room || !this.#chat.seesEnd()) return;
    const last = rules.lastId(room);
    if (last === 0) return;
    if (room.info.unread > 0 || room.info.readTo < last) this.#chat.update(() => rules.readHere(room, last));
    if ((this.#told.get(room.id) ?? 0) < last) this.#tellSoon(room);
  }

  typing(room: RoomState): void {
    const now = Date.now();
    if (now - (this.#typed.get(room.id) ?? 0) < typingEvery) return;
    this.#typed.set(room.id, now);
    void this.#chat.connection.ask('typing', { room: room.id });
  }

  sent(room: RoomState): void {
    this.#typed.delete(room.id);
  }

  choose(away: boolean): void {
    this.#chosenAway = away;
    this.#setAway(away);
  }

  /** Something was done at this page. */
  active(): void {
    clearTimeout(this.#away);
    this.#away = setTimeout(() => this.#setAway(true), awayAfter);
    if (document.visibilityState === 'visible' && !this.#chosenAway) this.#setAway(false);
  }

  #setAway(away: boolean): void {
    if (this.#chat.state.away === away) return;
    this.#chat.update(() => { this.#chat.state.away = away; });
    void this.#chat.connection.ask('away', { away });
  }

  #tellSoon(room: RoomState): void {
    this.#toTell.add(room);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#tellAll(), tellAfter);
  }

  #tellAll(): void {
    for (const room of this.#toTell) void this.#tell(room);
    this.#toTell.clear();
  }

  async #tell(room: RoomState): Promise<void> {
    const to = room.info.readTo;
    if (to === 0 || (this.#told.get(room.id) ?? 0) >= to || !this.#chat.connection.online) return;
    this.#told.set(room.id, to);
    const reply = await this.#chat.connection.ask('read', { room: room.id, to });
    if (!reply.ok) this.#told.delete(room.id);
    else if (room.info.readTo === to) this.#chat.update(() => rules.readElsewhere(room, { readTo: to, ...reply }));
  }

  #forgetTyping(): void {
    const now = Date.now();
    let changed = false;
    for (const room of this.#chat.state.rooms.values()) changed = rules.forgetTyping(room, now) || changed;
    if (changed) this.#chat.update(() => undefined);
  }
}
