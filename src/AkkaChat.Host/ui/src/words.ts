// Everything that is formatted for a person: times, lists of names, counts, initials.

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const fullTime = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

export function timeOf(at: number): string {
  return clock.format(at);
}

export function dayOf(at: number): string {
  return longDay.format(at);
}

export function fullTimeOf(at: number): string {
  return fullTime.format(at);
}

export function people(count: number): string {
  return count === 1 ? '1 person' : `${count} people`;
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

function firstCharacter(text: string): string {
  for (const { segment } of graphemes.segment(text)) return segment;
  return '';
}
