// The small dialogs about a room: topic, name, a date to jump to, and the dangerous ones.

import type { Chat } from '../../chat.js';
import { limits, tidy } from '../../protocol.js';
import type { RoomState } from '../../state/rooms.js';
import { confirm, field, longField, openDialog } from '../dialog.js';
import { spokenTitle } from '../roomTitle.js';

export function openTopic(chat: Chat, room: RoomState): void {
  const topic = longField({ label: 'Topic', name: 'topic', hint: 'What the room is for.', attributes: { maxlength: String(limits.topic) } });
  topic.input.value = room.info.topic;
  openDialog({ title: `Topic of ${room.info.name}`, submit: 'Save', content: [topic.element], className: 'dialog-small',
    act: () => change(chat, room, { topic: tidy(topic.input.value) }) });
}

export function openRename(chat: Chat, room: RoomState): void {
  const name = field({ label: 'Name', name: 'room', attributes: { maxlength: String(limits.room), spellcheck: 'false' } });
  name.input.value = room.info.name;
  openDialog({
    title: 'Rename room', submit: 'Rename', content: [name.element], className: 'dialog-small',
    act: () => tidy(name.input.value) === '' ? 'Please give the room a name.' : change(chat, room, { name: tidy(name.input.value) }),
  });
}

export function openDate(chat: Chat, room: RoomState): void {
  const date = field({ label: 'Date', name: 'date', attributes: { type: 'date', max: isoDay(new Date()), min: isoDay(new Date(room.info.createdAt)), required: '' } });
  date.input.value = isoDay(new Date());
  openDialog({
    title: 'Jump to date', submit: 'Jump', content: [date.element], className: 'dialog-small',
    act() {
      const [year, month, day] = date.input.value.split('-').map(Number);
      if (!year || !month || !day) return 'Please choose a date.';
      void chat.sync.toDate(room, new Date(year, month - 1, day).getTime());
      return undefined;
    },
  });
}

export function askLeave(chat: Chat, room: RoomState): void {
  const words = room.info.kind === 'private' ? 'It is private: you can come back only if somebody invites you.' : 'You can join again at any time.';
  confirm(`Leave ${spokenTitle(room.info)}?`, words, 'Leave', async () => {
    const reply = await chat.connection.ask('leave_room', { room: room.id });
    return reply.ok ? undefined : reply.error;
  });
}

export function askArchive(chat: Chat, room: RoomState): void {
  if (room.info.archived) return void chat.act('change_room', { room: room.id, archived: false });
  confirm(`Archive ${spokenTitle(room.info)}?`, 'Everybody can still read it, but nobody can write until it is opened again.', 'Archive',
    () => change(chat, room, { archived: true }));
}

export function askDelete(chat: Chat, room: RoomState): void {
  confirm(`Delete ${spokenTitle(room.info)}?`, `The room “${room.info.name}” and all of its messages and files are gone for everybody. This can’t be undone.`, 'Delete room', async () => {
    const reply = await chat.connection.ask('delete_room', { room: room.id });
    return reply.ok ? undefined : reply.error;
  });
}

async function change(chat: Chat, room: RoomState, what: { name?: string; topic?: string; archived?: boolean }): Promise<string | void> {
  const reply = await chat.connection.ask('change_room', { room: room.id, ...what });
  return reply.ok ? undefined : reply.error;
}

function isoDay(date: Date): string {
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
