// What happened in a room, in a quiet line.

import type { Message } from '../protocol.js';
import { nameOf, type People } from '../state/people.js';
import { isBySelf } from '../state/rows.js';
import { listOf } from '../words.js';

const roleWords: Record<string, string> = { owner: 'an owner', moderator: 'a moderator', member: 'a member' };

export function noticeWords(notices: readonly Message[], people: People): string {
  const first = notices[0];
  const notice = first?.notice;
  if (!first || !notice) return '';
  const by = nameOf(people, first.by);
  const whom = listOf([...new Set(notices.map((one) => nameOf(people, one.notice?.person ?? one.by)))], 4);
  const text = notice.text ?? '';
  switch (notice.what) {
    case 'created': return `${by} created the room.`;
    case 'joined': return isBySelf(first) ? `${whom} joined.` : `${by} added ${whom}.`;
    case 'left': return `${whom} left.`;
    case 'removed': return isBySelf(first) ? `${whom} was removed.` : `${by} removed ${whom}.`;
    case 'renamed': return `${by} renamed the room to “${text}”.`;
    case 'topic': return text === '' ? `${by} removed the topic.` : `${by} set the topic: ${text}`;
    case 'archived': return `${by} archived the room.`;
    case 'unarchived': return `${by} opened the room again.`;
    case 'role': return `${by} made ${whom} ${roleWords[text] ?? text}.`;
  }
}
