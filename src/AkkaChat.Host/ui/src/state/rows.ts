// From messages to what the log shows: days, the line "New", messages grouped by author, and notices drawn together.

import type { Message } from '../protocol.js';
import { isEchoed, type Outgoing } from './outbox.js';
import type { RoomState } from './rooms.js';

export type Row =
  | { type: 'day'; key: string; at: number }
  | { type: 'new'; key: string }
  | { type: 'notice'; key: string; notices: Message[] }
  | { type: 'message'; key: string; message: Message; first: boolean }
  | { type: 'outgoing'; key: string; outgoing: Outgoing; first: boolean };

/** Messages of one author within this time stand under one name. */
const groupWindow = 5 * 60_000;

interface Before { by: string; at: number }

export function rowsOf(room: RoomState, outgoing: readonly Outgoing[], me: string): Row[] {
  const rows: Row[] = [];
  let day: string | undefined = room.log.older ? dayOf(room.log.messages[0]?.at ?? 0) : undefined;
  let before: Before | undefined;
  let isNewDrawn = false;

  const startDay = (at: number) => {
    const today = dayOf(at);
    if (today === day) return;
    rows.push({ type: 'day', key: `${room.id} day ${today}`, at });
    day = today;
    before = undefined;
  };

  for (const message of room.log.messages) {
    startDay(message.at);
    if (!isNewDrawn && isFirstNew(room, message, me)) {
      rows.push({ type: 'new', key: `${room.id} new` });
      isNewDrawn = true;
      before = undefined;
    }
    before = message.notice ? addNotice(rows, room, message) : addMessage(rows, room, message, before);
  }
  if (!room.log.newer) {
    for (const one of outgoing.filter((message) => !isEchoed(message, room.log.messages, me))) {
      startDay(one.at);
      rows.push({ type: 'outgoing', key: `${room.id} out ${one.key}`, outgoing: one, first: isFirst(before, { by: me, at: one.at }, one.replyTo) });
      before = { by: me, at: one.at };
    }
  }
  return rows;
}

function isFirstNew(room: RoomState, message: Message, me: string): boolean {
  return room.newAfter !== undefined && message.id > room.newAfter && message.by !== me && !message.notice;
}

function addMessage(rows: Row[], room: RoomState, message: Message, before: Before | undefined): Before {
  rows.push({ type: 'message', key: `${room.id} ${message.id}`, message, first: isFirst(before, message, message.replyTo) });
  return message;
}

function addNotice(rows: Row[], room: RoomState, message: Message): undefined {
  const last = rows.at(-1);
  if (last?.type === 'notice' && canMerge(last.notices.at(-1), message)) last.notices.push(message);
  else rows.push({ type: 'notice', key: `${room.id} notice ${message.id}`, notices: [message] });
  return undefined;
}

/** Ten people who come are one line; so are ten who go. */
function canMerge(last: Message | undefined, message: Message): boolean {
  const what = message.notice?.what;
  if (what !== last?.notice?.what || (what !== 'joined' && what !== 'left')) return false;
  return isBySelf(message) === (last !== undefined && isBySelf(last)) && (isBySelf(message) || last?.by === message.by);
}

export function isBySelf(message: Message): boolean {
  return message.notice?.person === undefined || message.notice.person === message.by;
}

function isFirst(before: Before | undefined, message: Before, reply: unknown): boolean {
  return reply !== undefined || before === undefined || before.by !== message.by || message.at - before.at > groupWindow;
}

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
