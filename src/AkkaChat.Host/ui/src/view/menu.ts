// A menu beside the button that opened it; on a phone a sheet from below. Arrow keys move, Escape goes back.

import { el, icon, onClickBeside } from './dom.js';

export interface MenuItem {
  label: string;
  icon?: string;
  danger?: boolean;
  /** Given for a choice: whether it is the chosen one. */
  checked?: boolean;
  hint?: string;
  href?: string;
  act?: () => void;
}

export type MenuEntry = MenuItem | 'line' | { title: string };
export interface Place { left: number; top: number; bottom: number; right: number }

let close: (() => void) | undefined;
let opener: HTMLElement | undefined;

/** Closes the menu that may be open. */
export function closeMenu(): void {
  close?.();
}

export function openMenu(anchor: HTMLElement, label: string, entries: MenuEntry[], head?: HTMLElement, at?: Place): void {
  const menu = el('div', { class: 'menu', role: 'menu', 'aria-label': label, tabindex: '-1' });
  const list = entries.map((entry) => elementOf(entry));
  menu.append(...list);
  // A menu may hold nothing but its items, so what stands above them is outside of it.
  const popup = openPopup(anchor, head ? [head, menu] : [menu], at);
  menu.addEventListener('keydown', (event) => moveBy(event, items(menu)));
  (items(menu)[0] ?? menu).focus();
  return popup;
}

/** Anything that floats beside its anchor. */
export function openPopup(anchor: HTMLElement, content: Node[], at?: Place): void {
  const wasOpenHere = opener === anchor;
  closeMenu();
  if (wasOpenHere) return;
  const popup = el('div', { class: 'popup' }, ...content);
  const cover = el('div', { class: 'popup-cover', role: 'region', 'aria-label': 'Menu' }, popup);
  (anchor.closest('dialog') ?? document.body).append(cover);
  opener = anchor;
  setExpanded(anchor, true);
  place(popup, at ?? anchor.getBoundingClientRect());
  close = () => {
    close = opener = undefined;
    const hadFocus = cover.contains(document.activeElement) || document.activeElement === document.body;
    cover.remove();
    // Before it stops being expanded: a message's buttons are hidden by then, and what is hidden takes no focus.
    if (hadFocus) anchor.focus({ preventScroll: true });
    setExpanded(anchor, false);
  };
  onClickBeside(cover, closeMenu);
  cover.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' && event.key !== 'Tab') return;
    if (event.key === 'Tab' && popup.querySelector('[role=menu]') === null) return;
    event.preventDefault();
    event.stopPropagation();
    closeMenu();
  });
}

/** Only a button can say that it has opened something. */
function setExpanded(anchor: HTMLElement, expanded: boolean): void {
  if (anchor instanceof HTMLButtonElement) anchor.setAttribute('aria-expanded', String(expanded));
}

function elementOf(entry: MenuEntry): HTMLElement {
  if (entry === 'line') return el('div', { class: 'menu-line', role: 'separator' });
  if ('title' in entry) return el('div', { class: 'menu-title', role: 'presentation' }, entry.title);
  const role = entry.checked === undefined ? 'menuitem' : 'menuitemradio';
  const attributes = {
    class: entry.danger ? 'menu-item is-danger' : 'menu-item', role, tabindex: '-1',
    ...(entry.checked === undefined ? {} : { 'aria-checked': String(entry.checked) }),
  };
  const words = el('span', { class: 'menu-words' }, entry.label);
  if (entry.hint) words.append(el('span', { class: 'menu-hint' }, entry.hint));
  const inside = [...(entry.icon ? [icon(entry.icon)] : []), words, ...(entry.checked ? [icon('check')] : [])];
  const item = entry.href === undefined
    ? el('button', { type: 'button', ...attributes }, ...inside)
    : el('a', { href: entry.href, download: '', ...attributes }, ...inside);
  item.addEventListener('click', () => { closeMenu(); entry.act?.(); });
  return item;
}

function items(menu: HTMLElement): HTMLElement[] {
  return [...menu.querySelectorAll<HTMLElement>('.menu-item')];
}

function moveBy(event: KeyboardEvent, all: HTMLElement[]): void {
  const at = all.indexOf(document.activeElement as HTMLElement);
  const next = event.key === 'ArrowDown' ? at + 1 : event.key === 'ArrowUp' ? at - 1 : event.key === 'Home' ? 0 : event.key === 'End' ? -1 : undefined;
  if (next !== undefined) {
    event.preventDefault();
    all.at(next % all.length)?.focus();
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    all.find((item) => item.textContent?.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}

/** Below its anchor, or above when there is no room. A phone's style sheet overrules it. */
function place(popup: HTMLElement, anchor: Place): void {
  const { offsetWidth: width, offsetHeight: height } = popup;
  const below = anchor.bottom + 4;
  const top = below + height < innerHeight - 8 ? below : Math.max(8, anchor.top - height - 4);
  const left = anchor.left + width < innerWidth - 8 ? anchor.left : anchor.right - width;
  popup.style.top = `${Math.round(top)}px`;
  popup.style.left = `${Math.round(Math.max(8, left))}px`;
}
