// Who is known, who is there, and what they are called.

import type { Device, Devices, Person, Presence, RoomRole } from '../protocol.js';

const names = new Intl.Collator(undefined, { sensitivity: 'base', numeric: true });

export interface People {
  known: Map<string, Person>;
  /** Who is not here is offline. */
  online: Map<string, Presence>;
  devices: Map<string, Device[]>;
  /** Grows with every change, so that lists need not be sorted for nothing. */
  version: number;
}

export interface Member { person: Person; role: RoomRole; presence: Presence | undefined }

const roleOrder: Record<RoomRole, number> = { owner: 0, moderator: 1, member: 2 };

export function newPeople(): People {
  return { known: new Map(), online: new Map(), devices: new Map(), version: 0 };
}

export function learn(people: People, persons: readonly Person[]): void {
  for (const person of persons) people.known.set(person.id, person);
  people.version += 1;
}

export function presenceKnown(people: People, present: Devices): void {
  people.online.clear();
  people.devices.clear();
  for (const [id, devices] of Object.entries(present)) connected(people, id, devices);
  people.version += 1;
}

/** Leaves before joins: an update is both. */
export function presenceChanged(people: People, joins: Devices, leaves: Devices): void {
  for (const [id, gone] of Object.entries(leaves)) {
    connected(people, id, (people.devices.get(id) ?? []).filter(({ ref }) => !gone.some((device) => device.ref === ref)));
  }
  for (const [id, come] of Object.entries(joins)) connected(people, id, [...people.devices.get(id) ?? [], ...come]);
  people.version += 1;
}

/** A person is away if they are on all devices. */
function connected(people: People, id: string, devices: Device[]): void {
  if (devices.length === 0) {
    people.devices.delete(id);
    people.online.delete(id);
    return;
  }
  people.devices.set(id, devices);
  people.online.set(id, devices.some(({ status }) => status === 'online') ? 'online' : 'away');
}

export function nameOf(people: People, id: string): string {
  const person = people.known.get(id);
  if (!person) return 'Somebody';
  return person.removed ? 'Removed person' : person.name;
}

/** Those whose name the page has to ask for. */
export function unknown(people: People, ids: Iterable<string | undefined>): string[] {
  const missing = new Set<string>();
  for (const id of ids) if (id !== undefined && id !== '' && !people.known.has(id)) missing.add(id);
  return [...missing];
}

/** First who is there, in each group by role and name. */
export function membersOf(people: People, members: ReadonlyMap<string, RoomRole>): { here: Member[]; gone: Member[] } {
  const all: Member[] = [];
  for (const [id, role] of members) {
    const person = people.known.get(id);
    if (person) all.push({ person, role, presence: people.online.get(id) });
  }
  all.sort((a, b) => roleOrder[a.role] - roleOrder[b.role] || byName(a.person, b.person));
  return { here: all.filter(({ presence }) => presence), gone: all.filter(({ presence }) => !presence) };
}

export function byName(a: Person, b: Person): number {
  return names.compare(a.name, b.name);
}
