import { emoji } from '../emoji.js';
import { el } from './dom.js';
import { closeMenu, openPopup, type Place } from './menu.js';

const columns = 6;

/** A grid beside its anchor; arrow keys move in it. */
export function pickEmoji(anchor: HTMLElement, chosen: (sign: string) => void, at?: Place): void {
  const grid = el('div', { class: 'emoji-grid', role: 'group', 'aria-label': 'Choose an emoji' });
  for (const [sign, name] of emoji) {
    const one = el('button', { type: 'button', class: 'emoji-button', 'aria-label': name, title: name }, sign);
    one.addEventListener('click', () => { closeMenu(); chosen(sign); });
    grid.append(one);
  }
  grid.addEventListener('keydown', (event) => move(event, [...grid.children] as HTMLElement[]));
  openPopup(anchor, [grid], at);
  (grid.firstElementChild as HTMLElement).focus();
}

const steps: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns };

function move(event: KeyboardEvent, all: HTMLElement[]): void {
  const step = steps[event.key];
  if (step === undefined) return;
  event.preventDefault();
  all[all.indexOf(document.activeElement as HTMLElement) + step]?.focus();
}
