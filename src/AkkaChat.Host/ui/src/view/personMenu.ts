// What can be done with a person of a room.

import type { Chat } from '../chat.js';
import type { RoomRole } from '../protocol.js';
import { mayDiscipline, maySetRole } from '../state/access.js';
import { nameOf } from '../state/people.js';
import { mutedUntil, type RoomState } from '../state/rooms.js';
import { avatar, presenceWord, showPresence } from './avatar.js';
import { choice, confirm, openDialog } from './dialog.js';
import { writeTo } from './dialogs/newMessage.js';
import { el } from './dom.js';
import { openMenu, type MenuEntry } from './menu.js';
import { dateTimeOf } from '../words.js';
import { tell } from './toast.js';

const roles: readonly (readonly [RoomRole, string])[] = [['owner', 'Owner'], ['moderator', 'Moderator'], ['member', 'Member']];
const minute = 60_000;

export const muteTimes: readonly (readonly [string, string])[] = [
  [String(10 * minute), '10 minutes'], [String(60 * minute), '1 hour'], [String(24 * 60 * minute), '1 day'], [String(7 * 24 * 60 * minute), '1 week'],
];

export function openPersonMenu(chat: Chat, room: RoomState, id: string, anchor: HTMLElement): void {
  const entries = menuOf(chat, room, id);
  openMenu(anchor, nameOf(chat.state.people, id), entries, cardOf(chat, room, id));
}

function cardOf(chat: Chat, room: RoomState, id: string): HTMLElement {
  const { people } = chat.state;
  const name = nameOf(people, id);
  const presence = people.online.get(id);
  const picture = avatar(name, 'avatar-large');
  showPresence(picture, presence);
  const person = people.known.get(id);
  const role = room.members.get(id);
  const muted = mutedUntil(room, id, Date.now());
  const facts = [
    ...(person?.role === 'administrator' ? ['administrator'] : person?.role === 'moderator' ? ['site moderator'] : []),
    ...(person?.guest ? ['guest'] : []), ...(role === undefined ? ['not in this room'] : role === 'member' || room.info.kind === 'direct' ? [] : [`${role} of this room`]),
    presenceWord(presence), ...(muted === undefined ? [] : [`muted until ${dateTimeOf(muted)}`]),
  ];
  return el('div', { class: 'person-card' }, picture, el('div', {}, el('bdi', { class: 'strong' }, name), el('div', { class: 'soft' }, facts.join(' · '))));
}

function menuOf(chat: Chat, room: RoomState, id: string): MenuEntry[] {
  const { me, people } = chat.state;
  const name = nameOf(people, id);
  const role = room.members.get(id);
  const entries: MenuEntry[] = [];
  const isOther = room.info.kind === 'direct' && room.info.other?.id === id;
  if (id !== me.id && !people.known.get(id)?.removed && !isOther) {
    entries.push({ label: 'Send direct message', icon: 'message', act: () => void writeTo(chat, id) });
  }
  if (role !== undefined && maySetRole(room.info, me)) {
    entries.push({ title: 'Role in this room' }, ...roles.map(([value, label]) => ({
      label, checked: role === value, act: () => void chat.act('set_role', { room: room.id, person: id, role: value }),
    })));
  }
  if (role === undefined || !mayDiscipline(room.info, me, { id, role, site: people.known.get(id)?.role ?? 'member' })) return entries.length > 0 ? entries : [{ label: 'Copy name', icon: 'copy', act: () => void copyName(name) }];
  return [...entries, 'line',
    mutedUntil(room, id, Date.now()) === undefined
      ? { label: 'Mute', icon: 'mute', act: () => askMute(chat, room, id, name) }
      : { label: 'Unmute', icon: 'bell', act: () => void unmute(chat, room, id, name) },
    { label: 'Remove from room', icon: 'exit', danger: true, act: () => askRemove(chat, room, id, name, false) },
    { label: 'Ban from room', icon: 'ban', danger: true, act: () => askRemove(chat, room, id, name, true) }];
}

async function copyName(name: string): Promise<void> {
  await navigator.clipboard.writeText(name).then(() => tell('Name copied.', 'good'), () => undefined);
}

function askMute(chat: Chat, room: RoomState, id: string, name: string): void {
  const time = choice({ label: 'For', name: 'time', hint: 'They can still read.' }, muteTimes, muteTimes[1]?.[0] ?? '');
  openDialog({
    title: `Mute ${name}`, submit: 'Mute', content: [time.element], className: 'dialog-small',
    async act() {
      const reply = await chat.connection.ask('mute', { room: room.id, person: id, until: Date.now() + Number(time.input.value) });
      if (!reply.ok) return reply.error;
      tell(`${name} is muted.`, 'good');
      return undefined;
    },
  });
}

async function unmute(chat: Chat, room: RoomState, id: string, name: string): Promise<void> {
  const reply = await chat.act('mute', { room: room.id, person: id, until: null });
  if (reply.ok) tell(`${name} can write again.`, 'good');
}

function askRemove(chat: Chat, room: RoomState, id: string, name: string, ban: boolean): void {
  const words = ban ? `${name} is removed from ${room.info.name} and can’t come back.` : `${name} is removed from ${room.info.name}.`;
  confirm(ban ? `Ban ${name}?` : `Remove ${name}?`, words, ban ? 'Ban' : 'Remove', async () => {
    const reply = await chat.connection.ask('remove', { room: room.id, person: id, ...(ban ? { ban } : {}) });
    return reply.ok ? undefined : reply.error;
  });
}
