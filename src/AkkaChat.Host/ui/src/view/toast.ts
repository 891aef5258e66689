// Short words at the bottom of the screen: what went wrong, or that something was done.

import { button, el } from './dom.js';

const region = el('div', { class: 'toasts', role: 'status', 'aria-label': 'Messages of the page' });
const shownFor = 6_000;

export type Mood = 'plain' | 'good' | 'bad';

export function tell(words: string, mood: Mood = 'plain'): void {
  if (!region.isConnected) document.body.append(region);
  const toast = el('div', { class: 'toast', 'data-mood': mood }, el('span', {}, words));
  const close = () => toast.remove();
  toast.append(button('Dismiss', 'link-button', close));
  // Above an open dialog, which would cover it.
  (document.querySelector('dialog:modal') ?? document.body).append(region);
  region.append(toast);
  while (region.childElementCount > 3) region.firstElementChild?.remove();
  setTimeout(close, shownFor);
}
