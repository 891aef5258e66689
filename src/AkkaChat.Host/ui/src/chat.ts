// What a person can do, and what the server tells: ties the connection to the state, and says when to draw.

import { Connection, type LinkStatus } from './connection.js';
import * as identity from './identity.js';
import { limits, sameKey, suggestedRooms, tidy, type MembershipEvent, type WireMessage } from './protocol.js';
import * as rules from './state.js';
import type { Message, Pane, Room, State } from './state.js';

export class Chat {
  readonly state: State = rules.newState();
  readonly #connection: Connection;
  readonly #changed: () => void;
  readonly #talkInView: () => boolean;
  #session: identity.Session | undefined;

  /** `talkInView`: whether the person can see the current room, not another tab or another pane. */
  constructor(changed: () => void, talkInView: () => boolean) {
    this.#changed = changed;
    this.#talkInView = talkInView;
    this.#connection = new Connection({
      status: (status) => this.#linkChanged(status),
      rooms: (counts) => this.#update(() => { this.state.counts = counts; }),
      joined: (event) => this.#membership('came', event),
      left: (event) => this.#membership('left', event),
      message: (message) => this.#message(message),
    });
  }

  /** After a reload: the same name, the same rooms. */
  resume(): void {
    const session = identity.loadSession();
    if (!session) return;
    for (const name of session.rooms) rules.addRoom(this.state, name);
    this.state.current = session.current !== undefined && this.state.rooms.has(session.current)
      ? session.current : this.state.rooms.keys().next().value;
    this.state.name = session.name;
    this.state.phase = 'chatting';
    this.#connect(session);
  }

  start(typed: string): void {
    const name = tidy(typed);
    if (name === '') return this.#update(() => { this.state.nameError = 'Please type a name.'; });
    this.state.nameError = '';
    this.state.name = name;
    this.#connect({ ...(this.#session ?? identity.newSession(name)), name });
  }

  /** Out of every room, and the name is free again. */
  signOut(): void {
    this.#connection.close();
    identity.forgetSession();
    this.#session = undefined;
    Object.assign(this.state, rules.newState());
    this.#changed();
  }

  /** Takes the chat back from the other tab. */
  useHere(): void {
    if (this.#session) this.#connect(this.#session);
  }

  open(typed: string): void {
    const name = tidy(typed).slice(0, limits.room);
    if (name === '') return;
    const known = rules.roomNamed(this.state, name) !== undefined;
    const room = rules.addRoom(this.state, name);
    this.look(room);
    if (!known || room.error !== undefined) void this.#enter(room);
  }

  look(room: Room): void {
    this.#update(() => {
      const before = rules.currentRoom(this.state);
      if (before && before !== room) rules.forgetNewLine(before);
      this.state.current = room.key;
      this.state.pane = 'talk';
      rules.read(room);
    });
  }

  /** The next or previous of the person's rooms. */
  step(by: 1 | -1): void {
    const rooms = [...this.state.rooms.values()];
    const at = rooms.findIndex((room) => room.key === this.state.current);
    const next = rooms[(at + by + rooms.length) % rooms.length];
    if (next) this.look(next);
  }

  async leave(room: Room): Promise<void> {
    this.#update(() => {
      rules.removeRoom(this.state, room);
      if (this.state.current === undefined) this.state.pane = 'rooms';
    });
    // Without a connection there is nothing to leave: the server let the room go with it.
    if (this.#connection.online) await this.#connection.leave(room.name);
  }

  show(pane: Pane): void {
    this.#update(() => { this.state.pane = pane; });
    this.looked();
  }

  /** Whether the text was taken; if not, it stays in the input. */
  send(typed: string): boolean {
    const room = rules.currentRoom(this.state);
    const text = tidy(typed);
    if (!room || text === '' || text.length > limits.text || room.stage !== 'inside') return false;
    rules.forgetNewLine(room);
    const message = rules.sending(room, { key: identity.randomHex(8), text, name: this.state.name }, Date.now());
    void this.#deliver(room, message);
    return true;
  }

  sendAgain(room: Room, message: Message): void {
    if (room.stage !== 'inside') return;
    rules.sendAgain(message);
    void this.#deliver(room, message);
  }

  discard(room: Room, message: Message): void {
    this.#update(() => rules.discard(room, message.key));
  }

  /** The current room may have come into view. */
  looked(): void {
    const room = rules.currentRoom(this.state);
    if (room && room.unread > 0 && this.#talkInView()) this.#update(() => rules.read(room));
  }

  #connect(session: identity.Session): void {
    this.#session = session;
    this.#connection.open({ name: session.name, clientId: session.clientId });
  }

  #linkChanged(status: LinkStatus): void {
    this.#update(() => {
      this.state.link = status;
      if (status.kind === 'online') this.#online();
      else rules.linkLost(this.state);
      if (status.kind === 'refused') {
        this.state.phase = 'naming';
        this.state.nameError = status.message;
      }
    });
  }

  #online(): void {
    const newcomer = this.state.phase === 'naming' && this.state.rooms.size === 0;
    if (newcomer) this.state.current = rules.addRoom(this.state, suggestedRooms[0]).key;
    this.state.phase = 'chatting';
    identity.rememberName(this.state.name);
    for (const room of this.state.rooms.values()) void this.#enter(room);
  }

  async #enter(room: Room): Promise<void> {
    if (!this.#connection.online) return;
    this.#update(() => rules.entering(room));
    const reply = await this.#connection.join(room.name);
    this.#update(() => {
      if (reply.ok) rules.entered(room, reply, Date.now());
      else if (this.#connection.online) rules.notEntered(room, reply.error);
    });
  }

  async #deliver(room: Room, message: Message): Promise<void> {
    this.#changed();
    const reply = await this.#connection.send(room.name, message.text, message.key);
    this.#update(() => {
      if (reply.ok) rules.sendConfirmed(room, message.key, reply.id, reply.at);
      else rules.sendFailed(room, message.key, reply.error);
    });
  }

  #membership(what: 'came' | 'left', event: MembershipEvent): void {
    const room = rules.roomNamed(this.state, event.room);
    if (room) this.#update(() => rules.membershipChanged(room, what, event, this.state.name, Date.now()));
  }

  #message(message: WireMessage): void {
    const room = rules.roomNamed(this.state, message.room);
    if (!room) return;
    const looking = room.key === this.state.current && this.#talkInView();
    this.#update(() => rules.arrived(room, message, this.state.name, looking));
  }

  #update(change: () => void): void {
    change();
    this.#remember();
    this.#changed();
  }

  #remember(): void {
    if (!this.#session || this.state.phase !== 'chatting') return;
    const rooms = [...this.state.rooms.values()].map((room) => room.name);
    this.#session = { ...this.#session, rooms, current: this.state.current };
    identity.saveSession(this.#session);
  }
}

export function isSuggested(name: string): boolean {
  return suggestedRooms.some((room) => sameKey(room) === sameKey(name));
}
