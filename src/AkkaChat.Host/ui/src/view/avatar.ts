import type { Presence } from '../protocol.js';
import { hueOf, initials } from '../words.js';
import { el, setAttribute, setText } from './dom.js';

/** Initials on a colour that follows from the name. The name itself always stands beside it. */
export function avatar(name: string, size = ''): HTMLElement {
  const element = el('span', { class: `avatar ${size}`.trim(), 'aria-hidden': 'true' }, el('span'));
  showAvatar(element, name);
  return element;
}

export function showAvatar(element: HTMLElement, name: string): void {
  setText(element.firstElementChild ?? element, initials(name));
  setAttribute(element, 'data-hue', name === '' ? undefined : String(hueOf(name)));
}

/** The dot at an avatar's corner. Its words stand elsewhere, for those who do not see it. */
export function showPresence(element: HTMLElement, presence: Presence | undefined): void {
  setAttribute(element, 'data-presence', presence ?? 'offline');
}

export function presenceWord(presence: Presence | undefined): string {
  return presence ?? 'offline';
}
