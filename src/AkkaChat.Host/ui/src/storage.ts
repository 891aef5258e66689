// What this browser remembers. Storage can be switched off; the page then works without it.

import { restored, type Outgoing } from './state/outbox.js';

export type Theme = 'system' | 'light' | 'dark';

const outboxPrefix = (me: string) => `akkachat.outbox.${me}.`;
const draftKey = (me: string, room: string) => `akkachat.draft.${me}.${room}`;

export const theme = {
  load: (): Theme => {
    const stored = read(localStore(), 'akkachat.theme');
    return stored === 'light' || stored === 'dark' ? stored : 'system';
  },
  save: (value: Theme) => write(localStore(), 'akkachat.theme', value),
};

export const notifications = {
  load: () => read(localStore(), 'akkachat.notifications') === 'on',
  save: (on: boolean) => write(localStore(), 'akkachat.notifications', on ? 'on' : 'off'),
};

export const lastRoom = {
  load: (me: string) => read(localStore(), `akkachat.room.${me}`),
  save: (me: string, room: string) => write(localStore(), `akkachat.room.${me}`, room),
};

export const peopleShown = {
  load: () => read(localStore(), 'akkachat.people') !== 'hidden',
  save: (shown: boolean) => write(localStore(), 'akkachat.people', shown ? 'shown' : 'hidden'),
};

export const drafts = {
  load: (me: string, room: string) => read(sessionStore(), draftKey(me, room)) ?? '',
  save: (me: string, room: string, text: string) =>
    text === '' ? drop(sessionStore(), draftKey(me, room)) : write(sessionStore(), draftKey(me, room), text),
};

/** One entry for each message, so that two tabs of the same person do not overwrite each other's. */
export const outbox = {
  load: (me: string): Outgoing[] => keysOf(localStore(), outboxPrefix(me))
    .map((key) => restored(parsed(read(localStore(), key))))
    .filter((message) => message !== undefined)
    .sort((a, b) => a.at - b.at),
  save: (me: string, message: Outgoing) => write(localStore(), outboxPrefix(me) + message.key, JSON.stringify(message)),
  drop: (me: string, key: string) => drop(localStore(), outboxPrefix(me) + key),
};

export function randomKey(): string {
  const values = crypto.getRandomValues(new Uint8Array(12));
  return Array.from(values, (value) => value.toString(16).padStart(2, '0')).join('');
}

function localStore(): Storage | undefined {
  return guarded(() => localStorage);
}

function sessionStore(): Storage | undefined {
  return guarded(() => sessionStorage);
}

function read(store: Storage | undefined, key: string): string | undefined {
  return guarded(() => store?.getItem(key) ?? undefined);
}

function write(store: Storage | undefined, key: string, value: string): void {
  guarded(() => store?.setItem(key, value));
}

function drop(store: Storage | undefined, key: string): void {
  guarded(() => store?.removeItem(key));
}

function keysOf(store: Storage | undefined, prefix: string): string[] {
  return guarded(() => Object.keys(store ?? {}).filter((key) => key.startsWith(prefix))) ?? [];
}

function parsed(text: string | undefined): unknown {
  return guarded(() => JSON.parse(text ?? 'null') as unknown);
}

function guarded<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
