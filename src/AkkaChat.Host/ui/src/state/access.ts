// What a person may do in a room: the page offers nothing that the server would refuse. The server decides.

import type { Message, MyRoom, Person, Role, RoomRole } from '../protocol.js';

/** Staff of the site act in public rooms as if the room were theirs to look after. */
export const rankIn = (room: MyRoom, me: Person): RoomRole => rankOf(room, room.role, me.role);

function rankOf({ kind }: MyRoom, role: RoomRole, site?: Role): RoomRole {
  if (kind !== 'public' || role === 'owner') return role;
  if (site === 'administrator') return 'owner';
  return site === 'moderator' ? 'moderator' : role;
}

const isStaff = (room: MyRoom, me: Person) => rankIn(room, me) !== 'member';

export const mayChange = (room: MyRoom, me: Person) => room.kind !== 'direct' && isStaff(room, me);
export const mayArchive = (room: MyRoom, me: Person) => room.kind !== 'direct' && rankIn(room, me) === 'owner';
export const mayDelete = (room: MyRoom, me: Person) => room.kind !== 'direct' && (rankIn(room, me) === 'owner' || me.role === 'administrator');
export const mayExport = (room: MyRoom, me: Person) => (room.kind !== 'direct' && isStaff(room, me)) || me.role === 'administrator';
export const mayInvite = (room: MyRoom, me: Person) => room.kind !== 'direct' && !room.archived && !me.guest;
export const maySetRole = (room: MyRoom, me: Person) => room.kind !== 'direct' && rankIn(room, me) === 'owner';

/** Removing and muting: never an owner, and no moderator by a moderator; who is one by their role on the site is too. */
export function mayDiscipline(room: MyRoom, me: Person, other: { id: string; role: RoomRole; site?: Role }): boolean {
  const theirs = rankOf(room, other.role, other.site);
  if (room.kind === 'direct' || other.id === me.id || theirs === 'owner') return false;
  const rank = rankIn(room, me);
  return rank === 'owner' || (rank === 'moderator' && theirs === 'member');
}

export function mayEdit(room: MyRoom, me: Person, message: Message): boolean {
  return message.by === me.id && !message.notice && message.deletedAt === undefined && !room.archived;
}

export function mayDeleteMessage(room: MyRoom, me: Person, message: Message): boolean {
  if (message.notice || message.deletedAt !== undefined || room.archived) return false;
  return message.by === me.id || (room.kind !== 'direct' && isStaff(room, me));
}

/** Why the person can not write here, or undefined. */
export function hinderedBy(room: MyRoom, now: number): 'archived' | 'muted' | undefined {
  if (room.archived) return 'archived';
  return room.mutedUntil && room.mutedUntil > now ? 'muted' : undefined;
}
