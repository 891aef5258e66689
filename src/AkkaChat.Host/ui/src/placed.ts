// A change comes without what follows from its place in the room's log: the server stores it before it knows that place.

import type { Change, Message, Position } from './protocol.js';

export function placed(room: string, change: Change, { offset }: Position): Change {
  switch (change.kind) {
    case 'message': return { ...change, message: placedMessage(room, change.message, offset) };
    case 'room': return withNotice(change, room, offset);
    // JSON has no word for "not any more": the role is absent then.
    case 'member': return { ...withNotice(change, room, offset), role: change.role ?? null };
    default: return change;
  }
}

function withNotice<C extends { message?: Message }>(change: C, room: string, offset: number): C {
  return change.message ? { ...change, message: placedMessage(room, change.message, offset) } : change;
}

function placedMessage(room: string, message: Message, offset: number): Message {
  return { ...message, room, id: offset, version: offset };
}
