// Brings the rooms to this page, and again after a lost connection: in order, nothing twice.

import type { Chat } from './chat.js';
import type { HistoryAsk } from './protocol.js';
import { limits } from './protocol.js';
import * as logRules from './state/log.js';
import type { Load } from './state/log.js';
import * as peopleRules from './state/people.js';
import * as roomRules from './state/rooms.js';
import type { RoomState } from './state/rooms.js';
import { currentRoom } from './state/state.js';
import { tell } from './view/toast.js';

/** A busy server is asked again. */
const againAfter = 2_000;

export class Sync {
  readonly #chat: Chat;
  readonly #asked = new Set<string>();

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  /** The room that is looked at comes first. */
  async enterAll(): Promise<void> {
    const { state } = this.#chat;
    const current = currentRoom(state);
    const rooms = [...state.rooms.values()].sort((a, b) => Number(b === current) - Number(a === current));
    await Promise.all(rooms.map((room) => this.enter(room)));
  }

  async enter(room: RoomState): Promise<void> {
    const { position } = room;
    // What was said since the room was listed is not counted there. In a new room that is all.
    const reply = await this.#chat.connection.ask('enter', { room: room.id, ...(position ? { since: position } : { limit: limits.replayed }) });
    if (!reply.ok) return this.#notEntered(room, reply.code, reply.error);
    let goesOn = true;
    this.#chat.update(() => { goesOn = roomRules.entered(room, reply); });
    this.askForNames(room);
    if (room === currentRoom(this.#chat.state) && (!goesOn || !room.log.loaded)) await this.#first(room);
    this.#chat.update(() => this.#chat.delivery.settle(room));
    this.#chat.delivery.flush(room.id);
  }

  /** Where the person left off, if that is further up than a page; else at the end. */
  arrive(room: RoomState): Promise<void> {
    const { unread, readTo } = room.info;
    return unread > limits.page - 10 && readTo > 0 ? this.#load(room, 'around', { around: readTo }) : this.toLatest(room);
  }

  toLatest(room: RoomState): Promise<void> {
    return this.#load(room, 'newest', {});
  }

  /** After a failure: what is here stays, and what lies beside it is asked for again. */
  again(room: RoomState): Promise<void> {
    if (!room.log.loaded) return this.toLatest(room);
    this.#chat.update(() => { delete room.log.error; });
    return Promise.resolve();
  }

  older(room: RoomState): Promise<void> {
    const first = room.log.messages[0];
    return first && room.log.older ? this.#load(room, 'older', { before: first.id }) : Promise.resolve();
  }

  newer(room: RoomState): Promise<void> {
    const last = room.log.messages.at(-1);
    return last && room.log.newer ? this.#load(room, 'newer', { after: last.id }) : Promise.resolve();
  }

  /** To the first message of that day. */
  async toDate(room: RoomState, at: number): Promise<void> {
    await this.#load(room, 'date', { at });
    const message = room.log.messages.find((one) => one.at >= at) ?? room.log.messages.at(-1);
    if (message) this.#chat.update(() => { room.target = message.id; });
  }

  /** To a message, which may be far away. */
  async goTo(room: RoomState, id: number): Promise<void> {
    if (!logRules.has(room.log, id)) await this.#load(room, 'around', { around: id });
    if (!room.log.loaded) return;
    if (logRules.has(room.log, id)) this.#chat.update(() => { room.target = id; });
    else tell('That message is not there any more.', 'bad');
  }

  /** Names that the page has not heard of yet: each is asked for once. */
  askForNames(room: RoomState): void {
    const { state, connection } = this.#chat;
    const ids = room.log.messages.flatMap(({ by, notice, replyTo }) => [by, notice?.person, replyTo?.by]);
    const missing = peopleRules.unknown(state.people, [...ids, ...room.members.keys()]).filter((id) => !this.#asked.has(id));
    for (let from = 0; from < missing.length; from += 100) {
      const some = missing.slice(from, from + 100);
      for (const id of some) this.#asked.add(id);
      void connection.ask('people', { ids: some }).then((reply) => {
        if (reply.ok) this.#chat.update(() => peopleRules.learn(state.people, reply.people));
        else for (const id of some) this.#asked.delete(id);
      });
    }
  }

  /** What stands there first: the message of the address, or else the end. */
  #first(room: RoomState): Promise<void> {
    const { route } = this.#chat.state;
    const message = route.page === 'room' && route.room === room.id ? route.message : undefined;
    return message === undefined ? this.arrive(room) : this.goTo(room, message);
  }

  async #load(room: RoomState, load: Load, bounds: HistoryAsk): Promise<void> {
    // Before the room is entered, what happens meanwhile would be missed; entering loads it then.
    if (!room.entered || (room.log.loading !== undefined && (load === 'older' || load === 'newer'))) return;
    const request = logRules.beginLoad(room.log, load);
    this.#chat.update(() => undefined);
    const reply = await this.#chat.connection.ask('history', { room: room.id, limit: limits.page, ...bounds });
    this.#chat.update(() => {
      if (reply.ok) logRules.loaded(room.log, request, reply);
      else logRules.loadFailed(room.log, request, reply.code === 'offline' ? undefined : reply.error);
      this.#chat.delivery.settle(room);
    });
    this.askForNames(room);
  }

  #notEntered(room: RoomState, code: string, error: string): void {
    if (code === 'offline') return;
    this.#chat.update(() => { room.error = error; });
    if (code !== 'unavailable') return;
    setTimeout(() => {
      if (this.#chat.connection.online && !room.entered) void this.enter(room);
    }, againAfter);
  }
}
