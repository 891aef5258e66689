import type { Chat } from '../../chat.js';
import type { RoomState } from '../../state/rooms.js';
import { tell } from '../toast.js';
import { pickPerson } from './pickPerson.js';

export function openNewMessage(chat: Chat): void {
  pickPerson(chat, {
    title: 'New message', verb: 'Write to',
    leaveOut: ({ id, removed }) => id === chat.state.me.id || removed === true,
    chosen: async (person, dialog) => { if (await writeTo(chat, person.id)) dialog.close(); },
  });
}

export async function writeTo(chat: Chat, person: string): Promise<boolean> {
  const reply = await chat.act('direct', { person });
  if (reply.ok) chat.enterNew(reply.room);
  return reply.ok;
}

export function openInvite(chat: Chat, room: RoomState): void {
  pickPerson(chat, {
    title: `Invite to ${room.info.name}`, verb: 'Invite',
    leaveOut: ({ id, removed }) => room.members.has(id) || removed === true,
    chosen: async (person, dialog) => {
      const reply = await chat.connection.ask('invite', { room: room.id, person: person.id });
      if (!reply.ok) return dialog.fail(reply.error);
      dialog.close();
      tell(`${person.name} is invited.`, 'good');
    },
  });
}
