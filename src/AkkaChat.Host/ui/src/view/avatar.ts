import { hueOf, initials } from '../words.js';
import { el, setAttribute, setText } from './dom.js';

/** Initials on a colour that follows from the name. The name itself always stands beside it. */
export function avatar(name: string, size = ''): HTMLElement {
  const element = el('span', { class: `avatar ${size}`.trim(), 'aria-hidden': 'true' });
  showAvatar(element, name);
  return element;
}

export function showAvatar(element: HTMLElement, name: string): void {
  setText(element, initials(name));
  setAttribute(element, 'data-hue', name === '' ? undefined : String(hueOf(name)));
}
