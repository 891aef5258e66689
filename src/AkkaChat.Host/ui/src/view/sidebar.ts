// The left side: the person's rooms with what is unread, direct messages, and the corner that says who they are.

import type { Chat } from '../chat.js';
import { badgeOf, sections, type RoomState } from '../state/rooms.js';
import { currentRoom, type State } from '../state/state.js';
import { openAccountMenu } from './accountMenu.js';
import { avatar, presenceWord, showAvatar, showPresence } from './avatar.js';
import { openBrowse } from './dialogs/browse.js';
import { openNewMessage } from './dialogs/newMessage.js';
import { openNewRoom } from './dialogs/newRoom.js';
import { button, el, icon, iconButton, KeyedList, setAttribute, setHidden, setText, unseen, type ItemView } from './dom.js';
import { RoomSign, titleOf } from './roomTitle.js';
import { openSwitcher } from './switcher.js';

interface Item { room: RoomState; current: boolean; state: State }

export class Sidebar {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #rooms: KeyedList<Item>;
  readonly #direct: KeyedList<Item>;
  readonly #newRoom: HTMLButtonElement;
  readonly #browse: HTMLButtonElement;
  readonly #none = el('p', { class: 'side-none' }, 'No direct messages yet.');
  readonly #me: HTMLButtonElement;
  readonly #avatar = avatar('', 'avatar-me');
  readonly #name = el('bdi', { class: 'me-name' });
  readonly #status = el('span', { class: 'me-status' });

  constructor(chat: Chat) {
    this.#chat = chat;
    const rooms = el('ul', { class: 'side-list' });
    const direct = el('ul', { class: 'side-list' });
    this.#rooms = new KeyedList(rooms, keyOf, () => itemView(chat));
    this.#direct = new KeyedList(direct, keyOf, () => itemView(chat));
    this.#newRoom = iconButton('plus', 'New room', () => openNewRoom(chat));
    this.#browse = button('', 'side-item side-quiet', () => openBrowse(chat));
    this.#browse.append(icon('compass'), 'Browse rooms');
    this.#me = button('', 'me', () => openAccountMenu(this.#me, chat));
    this.#me.append(this.#avatar, el('span', { class: 'me-words' }, this.#name, this.#status), unseen(' account menu'), icon('chevrons'));
    this.#me.setAttribute('aria-haspopup', 'menu');
    this.element = el('nav', { class: 'side', 'aria-label': 'Rooms and people' },
      this.#head(),
      el('div', { class: 'side-scroll' },
        section('side-rooms', 'Rooms', this.#newRoom, rooms, this.#browse),
        section('side-direct', 'Direct messages', iconButton('plus', 'New message', () => openNewMessage(chat)), direct, this.#none)),
      this.#me);
  }

  update(state: State): void {
    const current = currentRoom(state);
    const items = (rooms: RoomState[]) => rooms.map((room) => ({ room, current: room === current, state }));
    const { rooms, direct } = sections(state.rooms.values());
    this.#rooms.show(items(rooms));
    this.#direct.show(items(direct));
    setHidden(this.#none, direct.length > 0 || !state.ready);
    setHidden(this.#newRoom, state.me.guest === true);
    showAvatar(this.#avatar, state.me.name);
    const online = state.link.kind === 'online';
    showPresence(this.#avatar, online ? state.away ? 'away' : 'online' : undefined);
    setText(this.#name, state.me.name);
    setText(this.#status, !online ? 'Not connected' : state.away ? 'Away' : state.me.guest ? 'Guest' : 'Online');
  }

  #head(): HTMLElement {
    const logo = el('img', { src: document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '', alt: '', width: '24', height: '24' });
    const mac = /Mac|iPhone|iPad/.test(navigator.platform);
    const jump = button('', 'jump', () => openSwitcher(this.#chat));
    jump.append(icon('search'), el('span', {}, 'Jump to…'), el('kbd', { 'aria-hidden': 'true' }, mac ? '⌘K' : 'Ctrl K'));
    return el('header', { class: 'side-head' }, el('div', { class: 'brand' }, logo, el('span', {}, 'AkkaChat')), jump);
  }
}

function keyOf({ room }: Item): string {
  return room.id;
}

function section(id: string, title: string, add: HTMLElement, ...content: HTMLElement[]): HTMLElement {
  return el('section', { class: 'side-section', 'aria-labelledby': id },
    el('div', { class: 'side-title' }, el('h2', { id }, title), add), ...content);
}

function itemView(chat: Chat): ItemView<Item> {
  const sign = new RoomSign();
  const name = el('bdi', { class: 'side-name' });
  const words = el('span', { class: 'unseen' });
  const badge = el('span', { class: 'badge', 'aria-hidden': 'true' });
  const link = el('a', { class: 'side-item' }, sign.element, name, words, badge);
  let id = '';
  link.addEventListener('click', (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    chat.open({ page: 'room', room: id });
  });
  return {
    element: el('li', {}, link),
    update({ room, current, state }) {
      id = room.id;
      const { info } = room;
      const count = badgeOf(info);
      setAttribute(link, 'href', `#/room/${encodeURIComponent(id)}`);
      setAttribute(link, 'aria-current', current ? 'page' : undefined);
      link.classList.toggle('is-unread', info.unread > 0);
      link.classList.toggle('is-archived', info.archived === true);
      sign.update(info, state);
      setText(name, titleOf(info));
      setText(badge, count > 99 ? '99+' : String(count));
      setHidden(badge, count === 0);
      setText(words, wordsOf(room, state));
    },
  };
}

/** What the eye takes from weight, colour and signs. */
function wordsOf({ info }: RoomState, state: State): string {
  const words: string[] = [];
  if (info.kind === 'private') words.push('private');
  if (info.archived) words.push('archived');
  if (info.other) words.push(presenceWord(state.people.online.get(info.other.id)));
  if (info.unread > 0) words.push(`${info.unread} unread`);
  if (info.mentions > 0) words.push(`${info.mentions} ${info.mentions === 1 ? 'mention' : 'mentions'} of you`);
  return words.length === 0 ? '' : `, ${words.join(', ')}`;
}
