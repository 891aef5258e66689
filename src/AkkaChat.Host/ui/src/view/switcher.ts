// Ctrl + K: to a room or a person by a few letters.

import type { Chat } from '../chat.js';
import type { Person } from '../protocol.js';
import { badgeOf, type RoomState } from '../state/rooms.js';
import { writeTo } from './dialogs/newMessage.js';
import { avatar, showPresence } from './avatar.js';
import { el, icon, isComposing, onClickBeside, setAttribute, setText } from './dom.js';
import { RoomSign, titleOf } from './roomTitle.js';

interface Choice { id: string; words: string; sign: HTMLElement; hint: string; go(): void }

const most = 12;

export function openSwitcher(chat: Chat): void {
  if (document.querySelector('dialog.switcher')) return;
  const input = el('input', {
    type: 'text', role: 'combobox', 'aria-label': 'Jump to a room or a person', 'aria-expanded': 'true', 'aria-controls': 'switcher-list',
    'aria-autocomplete': 'list', placeholder: 'Jump to a room or a person', autocomplete: 'off', spellcheck: 'false' });
  const list = el('ul', { id: 'switcher-list', role: 'listbox', 'aria-label': 'Rooms and people', class: 'switcher-list' });
  const note = el('p', { class: 'soft switcher-note', role: 'status' });
  const dialog = el('dialog', { class: 'dialog switcher', 'aria-label': 'Jump to' }, el('div', { class: 'switcher-head' }, icon('search'), input), list, note);
  let choices: Choice[] = [];
  let at = 0;
  const close = () => dialog.close();
  const choose = (choice: Choice | undefined) => { if (choice) { close(); choice.go(); } };
  const show = () => {
    choices = choicesFor(chat, input.value);
    at = 0;
    list.replaceChildren(...choices.map((choice, index) => itemOf(choice, index, () => choose(choice))));
    setText(note, choices.length === 0 ? 'Nothing by that name.' : '');
    mark();
  };
  const mark = () => {
    [...list.children].forEach((item, index) => setAttribute(item, 'aria-selected', String(index === at)));
    setAttribute(input, 'aria-activedescendant', choices.length > 0 ? `switcher-${at}` : undefined);
    list.children[at]?.scrollIntoView({ block: 'nearest' });
  };
  input.addEventListener('input', show);
  input.addEventListener('keydown', (event) => {
    if (isComposing(event)) return;
    if (event.key === 'Enter') { event.preventDefault(); choose(choices[at]); }
    if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
    event.preventDefault();
    at = (at + (event.key === 'ArrowDown' ? 1 : -1) + choices.length) % Math.max(1, choices.length);
    mark();
  });
  onClickBeside(dialog, close);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  show();
  input.focus();
}

function choicesFor(chat: Chat, typed: string): Choice[] {
  const words = typed.trim().toLowerCase().replace(/^[#@]/, '');
  const rooms = [...chat.state.rooms.values()].map((room) => roomChoice(chat, room));
  const written = new Set([...chat.state.rooms.values()].map(({ info }) => info.other?.id));
  const people = words === '' ? [] : [...chat.state.people.known.values()]
    .filter(({ id, removed }) => id !== chat.state.me.id && !removed && !written.has(id)).map((person) => personChoice(chat, person));
  return [...rooms, ...people].map((choice) => ({ choice, rank: rankOf(choice.words.toLowerCase(), words) }))
    .filter(({ rank }) => rank >= 0).sort((a, b) => a.rank - b.rank).slice(0, most).map(({ choice }) => choice);
}

/** The beginning of the name is best, then the beginning of a word in it, then anywhere. */
function rankOf(name: string, words: string): number {
  if (words === '' || name.startsWith(words)) return 0;
  const at = name.indexOf(words);
  if (at < 0) return -1;
  return /[\s._-]/.test(name[at - 1] ?? '') ? 1 : 2;
}

function roomChoice(chat: Chat, room: RoomState): Choice {
  const sign = new RoomSign();
  sign.update(room.info, chat.state);
  const badge = badgeOf(room.info);
  const hint = badge > 0 ? `${badge} for you` : room.info.unread > 0 ? `${room.info.unread} unread` : '';
  return { id: room.id, words: titleOf(room.info), sign: sign.element, hint, go: () => chat.open({ page: 'room', room: room.id }) };
}

function personChoice(chat: Chat, person: Person): Choice {
  const sign = avatar(person.name, 'avatar-mini');
  showPresence(sign, chat.state.people.online.get(person.id));
  return { id: person.id, words: person.name, sign, hint: 'direct message', go: () => void writeTo(chat, person.id) };
}

function itemOf(choice: Choice, index: number, act: () => void): HTMLElement {
  const item = el('li', { id: `switcher-${index}`, role: 'option', class: 'switcher-item' },
    choice.sign, el('bdi', { class: 'grow' }, choice.words), el('span', { class: 'soft' }, choice.hint));
  item.addEventListener('click', act);
  return item;
}
