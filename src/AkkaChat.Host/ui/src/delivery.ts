// Sends what is in the outbox: in order, one at a time for each room, and again until the server has answered.

import type { Chat } from './chat.js';
import * as rules from './state/outbox.js';
import type { Outgoing } from './state/outbox.js';
import type { RoomState } from './state/rooms.js';
import * as storage from './storage.js';
import { tell } from './view/toast.js';

const againAfter = 2_000;

export class Delivery {
  readonly #chat: Chat;

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  put(message: Omit<Outgoing, 'status'>): void {
    const { state } = this.#chat;
    const outgoing = rules.put(state.outbox, message);
    storage.outbox.save(state.me.id, outgoing);
    this.#chat.update(() => this.flush(message.room));
  }

  again(message: Outgoing): void {
    rules.again(message);
    storage.outbox.save(this.#chat.state.me.id, message);
    this.#chat.update(() => this.flush(message.room));
  }

  discard(key: string): void {
    const { state } = this.#chat;
    this.#chat.update(() => rules.take(state.outbox, key));
    storage.outbox.drop(state.me.id, key);
  }

  /** Messages that the room shows by now leave the outbox. */
  settle(room: RoomState): void {
    const { state } = this.#chat;
    const upTo = Math.max(room.log.upTo, room.log.loaded ? 0 : room.position?.offset ?? 0);
    for (const key of rules.settled(state.outbox, room.id, room.log.messages, upTo)) {
      rules.take(state.outbox, key);
      storage.outbox.drop(state.me.id, key);
    }
  }

  /** Messages for rooms that the person is not in any more can not be sent. */
  dropLost(): void {
    const { state } = this.#chat;
    const lost = state.outbox.filter(({ room }) => !state.rooms.has(room));
    for (const { key } of lost) this.discard(key);
    if (lost.length > 0) tell('What you wrote to a room that you are not in any more was not sent.', 'bad');
  }

  flush(room: string): void {
    const { state, connection } = this.#chat;
    if (!connection.online || !state.rooms.get(room)?.entered) return;
    const next = rules.nextFor(state.outbox, room);
    if (next) void this.#send(next);
  }

  async #send(message: Outgoing): Promise<void> {
    message.status = 'sending';
    message.after = this.#chat.state.rooms.get(message.room)?.position?.offset ?? 0;
    const reply = await this.#chat.connection.ask('say', {
      room: message.room, key: message.key, text: message.text,
      ...(message.replyTo ? { replyTo: message.replyTo.id } : {}),
      ...(message.files ? { files: message.files.map(({ id }) => id) } : {}),
    });
    this.#chat.update(() => this.#answered(message, reply));
  }

  #answered(message: Outgoing, reply: { ok: true; id: number } | { ok: false; code: string; error: string }): void {
    const { me } = this.#chat.state;
    if (reply.ok) {
      rules.confirmed(message, reply.id);
      storage.outbox.drop(me.id, message.key);
      const room = this.#chat.state.rooms.get(message.room);
      if (room) this.settle(room);
    } else if (reply.code === 'unavailable' || reply.code === 'offline') {
      message.status = 'waiting';
      setTimeout(() => this.flush(message.room), againAfter);
      return;
    } else {
      rules.failed(message, reply.error);
      storage.outbox.save(me.id, message);
    }
    this.flush(message.room);
  }
}
