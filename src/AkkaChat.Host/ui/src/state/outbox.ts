// Own messages that are not in the room yet. Each has a key, so that sending it again has no second effect.

import type { FileRef, Quote } from '../protocol.js';

export interface Outgoing {
  key: string;
  room: string;
  text: string;
  at: number;
  replyTo?: Quote;
  files?: FileRef[];
  /** 'sent': the server has it under `id`, and it will come as a change. */
  status: 'waiting' | 'sending' | 'sent' | 'failed';
  id?: number;
  /** What the room had reached when it was last sent. */
  after?: number;
  error?: string;
}

/** In the order of writing. */
export type Outbox = Outgoing[];

export function put(outbox: Outbox, message: Omit<Outgoing, 'status'>): Outgoing {
  const outgoing: Outgoing = { ...message, status: 'waiting' };
  outbox.push(outgoing);
  return outgoing;
}

/** The next to go, one at a time for each room: they arrive in the order of writing. */
export function nextFor(outbox: Outbox, room: string): Outgoing | undefined {
  const ofRoom = outbox.filter((message) => message.room === room);
  if (ofRoom.some(({ status }) => status === 'sending')) return undefined;
  return ofRoom.find(({ status }) => status === 'waiting');
}

export function waitingIn(outbox: Outbox, room: string): Outgoing[] {
  return outbox.filter((message) => message.room === room);
}

/** The connection is gone: what was on its way may have arrived or not, so it waits to be sent under the same key. */
export function linkLost(outbox: Outbox): void {
  for (const message of outbox) if (message.status === 'sending') message.status = 'waiting';
}

export function confirmed(message: Outgoing, id: number): void {
  message.status = 'sent';
  message.id = id;
  delete message.error;
}

export function failed(message: Outgoing, error: string): void {
  message.status = 'failed';
  message.error = error;
}

export function again(message: Outgoing): void {
  message.status = 'waiting';
  delete message.error;
}

export function take(outbox: Outbox, key: string): Outgoing | undefined {
  const at = outbox.findIndex((message) => message.key === key);
  return at < 0 ? undefined : outbox.splice(at, 1)[0];
}

/** Which of them the room shows by now: known by key, or by the id that the server gave. */
export function settled(outbox: Outbox, room: string, shown: readonly { id: number; key?: string }[], upTo: number): string[] {
  const keys = new Set(shown.map(({ key }) => key));
  return outbox.filter((message) => message.room === room
    && (keys.has(message.key) || (message.id !== undefined && message.id <= upTo))).map(({ key }) => key);
}

/** Whether the room shows it already, though the answer that says so has not come yet. */
export function isEchoed(message: Outgoing, shown: readonly { id: number; by: string; text: string; key?: string }[], me: string): boolean {
  const { status, after, text } = message;
  if (status !== 'sending' || after === undefined) return false;
  return shown.some((one) => one.id > after && one.by === me && one.key === undefined && one.text === text);
}

/** What was stored by an earlier page: only what has the right shape. */
export function restored(stored: unknown): Outgoing | undefined {
  const value = stored as Partial<Outgoing> | null;
  if (!value || typeof value.key !== 'string' || typeof value.room !== 'string' || typeof value.text !== 'string') return undefined;
  const status = value.status === 'failed' ? 'failed' : 'waiting';
  return { ...(value as Outgoing), at: Number(value.at) || 0, status };
}
