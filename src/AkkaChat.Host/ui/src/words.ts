// Everything that is formatted for a person: times, sizes, lists of names, counts, initials.

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const dayWithYear = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const shortDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const dateAndTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const number = new Intl.NumberFormat();
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

const dayLong = 24 * 60 * 60_000;

export function timeOf(at: number): string {
  return clock.format(at);
}

/** "Today", "Yesterday", "Monday, 3 March", and with the year when it is another one. */
export function dayOf(at: number, now = Date.now()): string {
  const days = daysBetween(at, now);
  if (days === 0) return 'Today';
  if (days === 1) return 'Yesterday';
  return (new Date(at).getFullYear() === new Date(now).getFullYear() ? longDay : dayWithYear).format(at);
}

/** The time of today, else the day. */
export function shortTimeOf(at: number, now = Date.now()): string {
  return daysBetween(at, now) === 0 ? clock.format(at) : shortDate.format(at);
}

export function dateTimeOf(at: number): string {
  return dateAndTime.format(at);
}

export function fullTimeOf(at: number): string {
  return fullTime.format(at);
}

/** "3 minutes ago", "in 2 hours". */
export function agoOf(at: number, now = Date.now()): string {
  const seconds = (at - now) / 1000;
  const size = Math.abs(seconds);
  if (size < 45) return seconds > 0 ? 'in a moment' : 'just now';
  if (size < 45 * 60) return relative.format(Math.round(seconds / 60), 'minute');
  if (size < 22 * 3600) return relative.format(Math.round(seconds / 3600), 'hour');
  if (size < 45 * 86400) return relative.format(Math.round(seconds / 86400), 'day');
  return dateAndTime.format(at);
}

export function sizeOf(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1000 && unit < units.length - 1) { size /= 1024; unit += 1; }
  return `${size < 10 ? size.toFixed(1) : Math.round(size)} ${units[unit]}`;
}

export function countOf(count: number, one: string, many = `${one}s`): string {
  return count === 1 ? `1 ${one}` : `${number.format(count)} ${many}`;
}

export function people(count: number): string {
  return countOf(count, 'person', 'people');
}

/** "Ana", "Ana and Ben", "Ana, Ben and 3 others". */
export function listOf(names: readonly string[], shown = 3): string {
  if (names.length <= 1) return names[0] ?? '';
  if (names.length <= shown) return `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;
  const others = names.length - (shown - 1);
  return `${names.slice(0, shown - 1).join(', ')} and ${others} others`;
}

/** The first character of the first and of the last word; a character may be an emoji of several code points. */
export function initials(name: string): string {
  const words = name.split(/[\s._-]+/u).filter(Boolean);
  const first = firstCharacter(words[0] ?? name);
  const last = words.length > 1 ? firstCharacter(words.at(-1) ?? '') : '';
  return (first + last).toLocaleUpperCase();
}

export const hues = 10;

/** Which of the avatar colours a name has: the same on every screen. */
export function hueOf(name: string): number {
  let hash = 2166136261;
  for (const character of name.toLowerCase()) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 16777619);
  }
  return ((hash ^ (hash >>> 15)) >>> 0) % hues;
}

/** As a person counts them: an emoji is one. */
export function charactersIn(text: string): number {
  return [...graphemes.segment(text.replaceAll(' ', ''))].length;
}

function firstCharacter(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
}

function daysBetween(at: number, now: number): number {
  const midnight = (time: number) => new Date(time).setHours(0, 0, 0, 0);
  return Math.round((midnight(now) - midnight(at)) / dayLong);
}
