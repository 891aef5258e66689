// The person's rooms: who is in them, how far they are known, and what is unread.

import type { Change, Entered, Message, MyRoom, Position, ReadMark, RoomRole } from '../protocol.js';
import { changed, newLog, resetLog, type Log } from './log.js';

export interface RoomState {
  id: string;
  info: MyRoom;
  members: Map<string, RoomRole>;
  /** Members who may not write, and until when. */
  muted: Map<string, number>;
  /** Every change up to here is known. Where a lost connection goes on. */
  position: Position | undefined;
  /** On this connection. */
  entered: boolean;
  error?: string;
  log: Log;
  /** What is replayed up to here is among the unread that the server counted. */
  counted: Position | undefined;
  /** What comes after this id is under the line "New". */
  newAfter: number | undefined;
  /** Who writes, and until when that holds. */
  typing: Map<string, number>;
  /** A message to be brought into view. */
  target: number | undefined;
}

const names = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });
const typingFor = 6_000;

export function newRoom(info: MyRoom): RoomState {
  return {
    id: info.id, info, members: new Map(), muted: new Map(), position: info.position, entered: false, log: newLog(),
    counted: info.position, newAfter: undefined, typing: new Map(), target: undefined,
  };
}

/** The list at a connect: rooms that are known stay as they are, but for what the server counts. */
export function welcomed(rooms: Map<string, RoomState>, list: readonly MyRoom[]): void {
  const named = new Set(list.map(({ id }) => id));
  for (const id of [...rooms.keys()]) if (!named.has(id)) rooms.delete(id);
  for (const info of list) {
    const room = rooms.get(info.id);
    if (!room) rooms.set(info.id, newRoom(info));
    else updateInfo(room, info);
  }
}

export function updateInfo(room: RoomState, info: MyRoom): void {
  room.info = info;
  room.counted = info.position;
}

export function linkLost(rooms: Map<string, RoomState>): void {
  for (const room of rooms.values()) {
    room.entered = false;
    room.typing.clear();
    delete room.error;
  }
}

/** Returns whether the log goes on without a gap; if not, it has to be loaded anew. */
export function entered(room: RoomState, answer: Entered): boolean {
  const first = room.position === undefined;
  room.entered = true;
  delete room.error;
  room.members = new Map(answer.members.map(({ id, role }) => [id, role]));
  room.muted = new Map(answer.members.flatMap(({ id, mutedUntil }) => mutedUntil === undefined ? [] : [[id, mutedUntil]]));
  const goesOn = !first && answer.isContinuous && room.position?.epoch === answer.position.epoch;
  if (first || !goesOn || answer.position.offset > (room.position?.offset ?? 0)) room.position = answer.position;
  if (first || goesOn) return true;
  resetLog(room.log);
  return false;
}

export interface Looker { me: string; looking: boolean }

/** One change of the room. Returns the message that somebody may have to be told of. */
export function applyChange(room: RoomState, change: Change, position: Position, { me, looking }: Looker): Message | undefined {
  if (isUpTo(room.position, position)) return undefined;
  room.position = position;
  const told = isUpTo(room.counted, position) ? undefined : countedMessage(room, change, me);
  if (change.kind === 'deleted') uncount(room, change.id, me);
  changed(room.log, change, position.offset);
  if (change.kind === 'room') room.info = { ...room.info, ...change.room };
  if (change.kind === 'room' && !change.room.archived) delete room.info.archived;
  if (change.kind === 'member') memberChanged(room, change, me);
  if (change.kind === 'message') room.typing.delete(change.message.by);
  if (told && !looking) countUnread(room, told, me);
  return told;
}

export function memberMuted(room: RoomState, person: string, until: number | null): void {
  if (until === null) room.muted.delete(person);
  else room.muted.set(person, until);
}

/** Until when the member may not write; undefined if they may. */
export function mutedUntil(room: RoomState, person: string, now: number): number | undefined {
  const until = room.muted.get(person);
  return until !== undefined && until > now ? until : undefined;
}

export function typingStarted(room: RoomState, person: string, now: number): void {
  room.typing.set(person, now + typingFor);
}

/** Returns whether somebody stopped. */
export function forgetTyping(room: RoomState, now: number): boolean {
  const before = room.typing.size;
  for (const [person, until] of room.typing) if (until <= now) room.typing.delete(person);
  return room.typing.size !== before;
}

/** The person sees the end of the room. */
export function readHere(room: RoomState, to: number): void {
  room.info = { ...room.info, readTo: Math.max(room.info.readTo, to), unread: 0, mentions: 0 };
}

/** The server, or another device of the same person, says how far they have read. */
export function readElsewhere(room: RoomState, mark: Omit<ReadMark, 'room'>): void {
  if (mark.readTo < room.info.readTo) return;
  room.info = { ...room.info, readTo: mark.readTo, unread: mark.unread, mentions: mark.mentions };
}

/** Where the line "New" stands while the person is in the room. */
export function drawNewLine(room: RoomState): void {
  room.newAfter = room.info.unread > 0 ? room.info.readTo : undefined;
}

export function lastId(room: RoomState): number {
  return room.log.newer ? 0 : room.log.messages.at(-1)?.id ?? 0;
}

export function totals(rooms: Iterable<RoomState>): { unread: number; mentions: number; badge: number } {
  const total = { unread: 0, mentions: 0, badge: 0 };
  for (const { info } of rooms) {
    total.unread += info.unread;
    total.mentions += info.mentions;
    total.badge += badgeOf(info);
  }
  return total;
}

/** In a direct room everything is meant for the person. */
export function badgeOf(info: MyRoom): number {
  return info.kind === 'direct' ? info.unread : info.mentions;
}

export function isMention(room: RoomState, message: Message, me: string): boolean {
  return room.info.kind === 'direct' || (message.mentions?.includes(me) ?? false);
}

/** By name; direct rooms with the latest talk first. */
export function sections(rooms: Iterable<RoomState>): { rooms: RoomState[]; direct: RoomState[] } {
  const all = [...rooms];
  const byName = (a: RoomState, b: RoomState) => names.compare(a.info.name, b.info.name);
  const archivedLast = (a: RoomState, b: RoomState) => Number(a.info.archived ?? false) - Number(b.info.archived ?? false);
  return {
    rooms: all.filter(({ info }) => info.kind !== 'direct').sort((a, b) => archivedLast(a, b) || byName(a, b)),
    direct: all.filter(({ info }) => info.kind === 'direct').sort((a, b) => (b.info.lastAt ?? b.info.createdAt) - (a.info.lastAt ?? a.info.createdAt)),
  };
}

/** Whether a change at that position is among all up to the known one. */
function isUpTo(known: Position | undefined, position: Position): boolean {
  return known !== undefined && known.epoch === position.epoch && position.offset <= known.offset;
}

function countedMessage(room: RoomState, change: Change, me: string): Message | undefined {
  if (change.kind !== 'message') return undefined;
  const { message } = change;
  room.info = { ...room.info, lastAt: Math.max(room.info.lastAt ?? 0, message.at) };
  return message.by === me || message.notice || message.deletedAt || message.id <= room.info.readTo ? undefined : message;
}

function countUnread(room: RoomState, message: Message, me: string): void {
  if (room.info.unread === 0 && room.newAfter === undefined) room.newAfter = message.id - 1;
  const mention = message.mentions?.includes(me) ? 1 : 0;
  room.info = { ...room.info, unread: room.info.unread + 1, mentions: room.info.mentions + mention };
}

function uncount(room: RoomState, id: number, me: string): void {
  const message = room.log.messages.find((one) => one.id === id);
  if (!message || message.by === me || message.notice || message.deletedAt || id <= room.info.readTo || room.info.unread === 0) return;
  const mention = message.mentions?.includes(me) ? 1 : 0;
  room.info = { ...room.info, unread: room.info.unread - 1, mentions: Math.max(0, room.info.mentions - mention) };
}

function memberChanged(room: RoomState, { person, role }: Extract<Change, { kind: 'member' }>, me: string): void {
  if (role === null) room.members.delete(person.id);
  else room.members.set(person.id, role);
  if (role === null) room.muted.delete(person.id);
  if (person.id === me && role !== null) room.info = { ...room.info, role };
}
