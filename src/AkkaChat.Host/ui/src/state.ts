// What the page knows, and the rules by which it changes. No DOM and no network: all of it can be tested as it is.

import type { LinkStatus } from './connection.js';
import { sameKey, type JoinAck, type Member, type MembershipEvent, type RoomCount, type WireMessage } from './protocol.js';

export interface Message {
  kind: 'message';
  key: string;
  /** The server's id; absent until the message is known to be in the room. */
  id?: string;
  name: string;
  text: string;
  at: number;
  own: boolean;
  delivery: 'sending' | 'sent' | 'failed';
  error?: string;
}

export interface Notice {
  kind: 'notice';
  key: string;
  what: 'came' | 'left' | 'missed';
  names: string[];
  at: number;
}

export type Entry = Message | Notice;

export interface Room {
  key: string;
  name: string;
  /** 'outside' also while the connection is lost: nothing can be sent then. */
  stage: 'entering' | 'inside' | 'outside';
  error?: string;
  enteredAt?: number;
  members: string[];
  /** The server's version of the list of members. */
  membersVersion: number;
  /** What the room has said, in its order. */
  entries: Entry[];
  /** Own messages not yet known to be in the room. They stay at the end. */
  pending: Message[];
  unread: number;
  /** Key of the first entry that arrived while nobody looked. */
  newFrom?: string;
  draft: string;
}

export type Pane = 'rooms' | 'talk' | 'people';

export interface State {
  phase: 'naming' | 'chatting';
  name: string;
  nameError: string;
  link: LinkStatus;
  rooms: Map<string, Room>;
  counts: RoomCount[];
  current: string | undefined;
  /** Which part a narrow screen shows. */
  pane: Pane;
}

const maxEntries = 500;
/** People who come (or leave) within this time share a line. */
const noticeWindow = 60_000;

export function newState(): State {
  return {
    phase: 'naming', name: '', nameError: '', link: { kind: 'idle' },
    rooms: new Map(), counts: [], current: undefined, pane: 'talk',
  };
}

export function currentRoom(state: State): Room | undefined {
  return state.current === undefined ? undefined : state.rooms.get(state.current);
}

export function roomNamed(state: State, name: string): Room | undefined {
  return state.rooms.get(sameKey(name));
}

export function addRoom(state: State, name: string): Room {
  const key = sameKey(name);
  const known = state.rooms.get(key);
  if (known) return known;
  const room: Room = {
    key, name, stage: 'outside', members: [], membersVersion: -1, entries: [], pending: [], unread: 0, draft: '',
  };
  state.rooms.set(key, room);
  return room;
}

/** Forgets a room; whoever looked at it looks at its neighbour. */
export function removeRoom(state: State, room: Room): void {
  const keys = [...state.rooms.keys()];
  const at = keys.indexOf(room.key);
  state.rooms.delete(room.key);
  if (state.current === room.key) state.current = keys[at + 1] ?? keys[at - 1];
}

export function entering(room: Room): void {
  room.stage = 'entering';
  // A server that has started again counts from the beginning.
  room.membersVersion = -1;
  delete room.error;
}

export function entered(room: Room, ack: JoinAck, now: number): void {
  room.stage = 'inside';
  room.name = ack.room;
  showMembers(room, ack);
  if (room.enteredAt === undefined) room.enteredAt = now;
  else addNotice(room, 'missed', '', now);
}

export function notEntered(room: Room, error: string): void {
  room.stage = 'outside';
  room.error = error;
}

export function linkLost(state: State): void {
  for (const room of state.rooms.values()) {
    room.stage = 'outside';
    delete room.error;
  }
}

export function membershipChanged(room: Room, what: 'came' | 'left', event: MembershipEvent, me: string, now: number): void {
  showMembers(room, event);
  if (sameKey(event.name) !== sameKey(me)) addNotice(room, what, event.name, now);
}

export function sending(room: Room, message: { key: string; text: string; name: string }, now: number): Message {
  const pending: Message = { kind: 'message', ...message, at: now, own: true, delivery: 'sending' };
  room.pending.push(pending);
  return pending;
}

export function sendFailed(room: Room, key: string, error: string): void {
  const pending = room.pending.find((message) => message.key === key);
  if (!pending) return;
  pending.delivery = 'failed';
  pending.error = error;
}

export function sendAgain(message: Message): void {
  message.delivery = 'sending';
  delete message.error;
}

export function discard(room: Room, key: string): void {
  room.pending = room.pending.filter((message) => message.key !== key);
}

/** The ack. Usually the message itself came first; when it was delivered before a connection was lost, it never will. */
export function sendConfirmed(room: Room, key: string, id: string, at: number): void {
  const pending = room.pending.find((message) => message.key === key);
  if (!pending) return;
  discard(room, key);
  if (!hasMessage(room, id)) add(room, confirmed(pending, id, at));
}

/** A message of the room. One sent again may come again: it has the same id. Returns whether it counts as unread. */
export function arrived(room: Room, wire: WireMessage, me: string, looking: boolean): boolean {
  if (hasMessage(room, wire.id)) return false;
  if (sameKey(wire.name) === sameKey(me)) {
    // The echo comes before the ack, so it is told by its text; of two equal texts either may take the place.
    const pending = room.pending.find((message) => message.text === wire.text && message.delivery === 'sending');
    if (pending) discard(room, pending.key);
    const own: Message = pending ?? { ...fromWire(wire), own: true };
    add(room, confirmed(own, wire.id, wire.at));
    return false;
  }
  add(room, fromWire(wire));
  if (looking) return false;
  if (room.unread === 0) room.newFrom = wire.id;
  room.unread += 1;
  return true;
}

/** The reader looks at the room: nothing is unread, but the line above what is new stays until they go. */
export function read(room: Room): void {
  room.unread = 0;
}

export function forgetNewLine(room: Room): void {
  delete room.newFrom;
}

export function totalUnread(state: State): number {
  let total = 0;
  for (const room of state.rooms.values()) total += room.unread;
  return total;
}

function fromWire(wire: WireMessage): Message {
  return { kind: 'message', key: wire.id, id: wire.id, name: wire.name, text: wire.text, at: wire.at, own: false, delivery: 'sent' };
}

function confirmed(message: Message, id: string, at: number): Message {
  const { error: _, ...rest } = message;
  return { ...rest, id, at, delivery: 'sent' };
}

function addNotice(room: Room, what: Notice['what'], name: string, now: number): void {
  const last = room.entries.at(-1);
  if (last?.kind === 'notice' && last.what === what && now - last.at < noticeWindow) {
    if (name && !last.names.includes(name)) last.names.push(name);
    return;
  }
  add(room, { kind: 'notice', key: `notice-${noticeNumber++}`, what, names: name ? [name] : [], at: now });
}

let noticeNumber = 0;

function add(room: Room, entry: Entry): void {
  room.entries.push(entry);
  if (room.entries.length > maxEntries) room.entries.splice(0, room.entries.length - maxEntries);
}

function hasMessage(room: Room, id: string): boolean {
  return room.entries.some((entry) => entry.kind === 'message' && entry.id === id);
}

function showMembers(room: Room, { members, version }: { members: Member[]; version: number }): void {
  if (version < room.membersVersion) return;
  room.membersVersion = version;
  room.members = sorted(members);
}

function sorted(members: Member[]): string[] {
  return members.map((member) => member.name).sort((a, b) => a.localeCompare(b, undefined, { sensitivity: 'base' }));
}
