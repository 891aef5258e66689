// From entries to what the log shows: day lines, the "new" line, and messages grouped by author.

import type { Entry, Message, Notice, Room } from './state.js';

export type Row =
  | { type: 'day'; key: string; at: number }
  | { type: 'new'; key: string }
  | { type: 'notice'; key: string; notice: Notice }
  | { type: 'message'; key: string; message: Message; first: boolean };

/** Messages of one author within this time stand under one name. */
const groupWindow = 5 * 60_000;

export function rowsOf(room: Room): Row[] {
  const rows: Row[] = [];
  let day = room.enteredAt === undefined ? undefined : dayOf(room.enteredAt);
  let previous: Message | undefined;
  for (const entry of [...room.entries, ...room.pending]) {
    const today = dayOf(entry.at);
    const newDay = day !== undefined && today !== day;
    if (newDay) rows.push({ type: 'day', key: `day-${today}`, at: entry.at });
    day = today;
    const isNew = entry.kind === 'message' && entry.id !== undefined && entry.id === room.newFrom;
    if (isNew) rows.push({ type: 'new', key: 'new' });
    rows.push(rowOf(entry, newDay || isNew ? undefined : previous));
    previous = entry.kind === 'message' ? entry : undefined;
  }
  return rows;
}

function rowOf(entry: Entry, previous: Message | undefined): Row {
  if (entry.kind === 'notice') return { type: 'notice', key: entry.key, notice: entry };
  const first = !previous || previous.name !== entry.name || entry.at - previous.at > groupWindow;
  return { type: 'message', key: entry.key, message: entry, first };
}

function dayOf(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
