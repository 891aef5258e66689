// A part of a room's history, without gaps: pages are added at both ends, changes are applied to what is in it, and
// what lies far from the reader is let go. Nothing comes twice: every message says up to which change it is complete.

import type { Change, History, Message } from '../protocol.js';

export type Load = 'newest' | 'older' | 'newer' | 'around' | 'date';

export interface Log {
  messages: Message[];
  loaded: boolean;
  /** The room has messages before (after) these. */
  older: boolean;
  newer: boolean;
  /** While the end is loaded: every message up to this offset is here. */
  upTo: number;
  /** The history request under way; an answer to an earlier one is thrown away. */
  request: number;
  loading: Load | undefined;
  /** What happened since that request was sent. */
  held: { change: Change; offset: number }[];
  error?: string;
}

/** So many messages are kept, and shown, at most. */
export const most = 200;

export function newLog(): Log {
  return { messages: [], loaded: false, older: false, newer: false, upTo: 0, request: 0, loading: undefined, held: [] };
}

export function resetLog(log: Log): void {
  Object.assign(log, { ...newLog(), request: log.request + 1 });
  delete log.error;
}

/** The number to give back with the answer. */
export function beginLoad(log: Log, load: Load): number {
  log.loading = load;
  log.request += 1;
  delete log.error;
  return log.request;
}

export function loadFailed(log: Log, request: number, error: string | undefined): void {
  if (request !== log.request) return;
  endLoad(log);
  if (error !== undefined) log.error = error;
}

/** Takes in a page. Returns false if it is the answer to a request that nobody waits for any more. */
export function loaded(log: Log, request: number, page: History): boolean {
  if (request !== log.request || log.loading === undefined) return false;
  if (log.loading === 'older') addOlder(log, page);
  else if (log.loading === 'newer') addNewer(log, page);
  else replace(log, page);
  if (!log.newer) log.upTo = Math.max(log.upTo, page.position.offset);
  for (const { change, offset } of log.held) {
    if (offset > page.position.offset) applyToLog(log, change, offset);
  }
  endLoad(log);
  return true;
}

export function has(log: Log, id: number): boolean {
  return find(log, id) >= 0;
}

/** A change that the room made: applied once, whichever way and however often it comes. */
export function applyToLog(log: Log, change: Change, offset: number): void {
  switch (change.kind) {
    case 'message': return append(log, change.message);
    case 'room':
    case 'member':
      if (change.message) append(log, change.message);
      return;
    case 'edited':
      requote(log, change.id, change.text, offset);
      return patch(log, change.id, offset, (message) => ({
        ...without(message, 'mentions'), text: change.text, editedAt: change.at, ...(change.mentions ? { mentions: change.mentions } : {}),
      }));
    case 'deleted':
      requote(log, change.id, '', offset);
      return patch(log, change.id, offset, (message) => ({
        ...without(without(message, 'files'), 'reactions'), text: '', deletedAt: change.at, deletedBy: change.by,
      }));
    case 'reacted':
    case 'unreacted':
      return patch(log, change.id, offset, (message) => withReaction(message, change.emoji, change.by, change.kind === 'reacted'));
  }
}

/** Keeps a change for the answer that is on its way, and applies it to what is here. */
export function changed(log: Log, change: Change, offset: number): void {
  if (log.loading !== undefined) log.held.push({ change, offset });
  if (log.loaded) applyToLog(log, change, offset);
}

/** Lets go of what is far from the reader, who is at the end or further up. */
export function trim(log: Log, atEnd: boolean): void {
  const over = log.messages.length - most;
  if (over <= 0) return;
  if (atEnd) {
    log.messages = log.messages.slice(over);
    log.older = true;
  } else if (over > 50) {
    log.messages = log.messages.slice(0, most);
    log.newer = true;
  }
}

export function withReaction(message: Message, emoji: string, by: string, on: boolean): Message {
  const reactions = (message.reactions ?? []).map((one) => one.emoji === emoji ? { emoji, by: one.by.filter((id) => id !== by) } : one);
  if (on) {
    const kind = reactions.find((one) => one.emoji === emoji);
    if (kind) kind.by.push(by);
    else reactions.push({ emoji, by: [by] });
  }
  const left = reactions.filter((one) => one.by.length > 0);
  return left.length > 0 ? { ...message, reactions: left } : without(message, 'reactions');
}

function endLoad(log: Log): void {
  log.loading = undefined;
  log.held = [];
}

function addOlder(log: Log, page: History): void {
  const first = log.messages[0]?.id ?? Infinity;
  log.messages = [...page.messages.filter(({ id }) => id < first), ...log.messages];
  log.older = page.older;
  if (log.messages.length <= most) return;
  log.messages = log.messages.slice(0, most);
  log.newer = true;
}

function addNewer(log: Log, page: History): void {
  const last = log.messages.at(-1)?.id ?? 0;
  log.messages = [...log.messages, ...page.messages.filter(({ id }) => id > last)];
  log.newer = page.newer;
  if (log.messages.length <= most) return;
  log.messages = log.messages.slice(-most);
  log.older = true;
}

/** What is here already may have seen a change that the page has not. */
function replace(log: Log, page: History): void {
  const known = new Map(log.messages.map((message) => [message.id, message]));
  log.messages = page.messages.map((message) => {
    const here = known.get(message.id);
    return here && here.version > message.version ? here : message;
  });
  log.older = page.older;
  log.newer = page.newer;
  log.loaded = true;
  log.upTo = 0;
}

function append(log: Log, message: Message): void {
  if (log.newer || message.id <= log.upTo) return;
  log.upTo = message.id;
  if (!has(log, message.id)) log.messages.push(message);
}

function patch(log: Log, id: number, offset: number, change: (message: Message) => Message): void {
  const at = find(log, id);
  const message = log.messages[at];
  if (message && offset > message.version) log.messages[at] = { ...change(message), version: offset };
}

/** Replies show the beginning of what they answer. */
function requote(log: Log, id: number, text: string, offset: number): void {
  log.messages = log.messages.map((message) => message.replyTo?.id === id && offset > message.id
    ? { ...message, replyTo: { ...message.replyTo, text: text.slice(0, 140) } } : message);
}

function find(log: Log, id: number): number {
  let low = 0;
  let high = log.messages.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const here = log.messages[middle]?.id ?? 0;
    if (here === id) return middle;
    if (here < id) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function without<K extends keyof Message>(message: Message, key: K): Message {
  const { [key]: _, ...rest } = message;
  return rest as Message;
}
