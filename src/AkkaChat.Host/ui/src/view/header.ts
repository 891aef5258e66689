// The head of a conversation: its name and topic, who is there, search, and what can be done with the room.

import type { Chat } from '../chat.js';
import { http } from '../http.js';
import { mayArchive, mayChange, mayDelete, mayExport, mayInvite } from '../state/access.js';
import type { RoomState } from '../state/rooms.js';
import { currentRoom, type State } from '../state/state.js';
import { countOf } from '../words.js';
import { presenceWord } from './avatar.js';
import { openInvite } from './dialogs/newMessage.js';
import { askArchive, askDelete, askLeave, openDate, openRename, openTopic } from './dialogs/roomDialogs.js';
import { button, el, icon, iconButton, setAttribute, setHidden, setText, unseen } from './dom.js';
import { openMenu, type MenuEntry } from './menu.js';
import { RoomSign, titleOf } from './roomTitle.js';

export class Header {
  readonly element: HTMLElement;
  readonly title = el('h1', { class: 'room-title', id: 'room-title', tabindex: '-1' });
  readonly #chat: Chat;
  readonly #sign = new RoomSign();
  readonly #name = el('bdi');
  readonly #topic: HTMLButtonElement;
  readonly #count = el('span', { class: 'people-number' });
  readonly #people: HTMLButtonElement;
  readonly #search: HTMLButtonElement;
  readonly #menu: HTMLButtonElement;
  readonly #elsewhere = el('span', { class: 'badge' });
  readonly #elsewhereWords = unseen(' unread');

  constructor(chat: Chat) {
    this.#chat = chat;
    this.title.append(this.#sign.element, this.#name);
    this.#topic = button('', 'topic', () => this.#changeTopic());
    this.#people = button('', 'button button-quiet people-count', () => this.#toggle('people'));
    this.#people.append(icon('people'), this.#count, unseen(' members'));
    this.#search = iconButton('search', 'Search', () => this.#toggle('search'));
    this.#menu = iconButton('more', 'Room menu', () => this.#openMenu());
    this.#menu.setAttribute('aria-haspopup', 'menu');
    const back = el('a', { class: 'icon-button back only-narrow', href: '#/', title: 'Back to the rooms' }, icon('back'), unseen('Back to the rooms'), this.#elsewhere, this.#elsewhereWords);
    this.element = el('header', { class: 'talk-header' }, back,
      el('div', { class: 'talk-words' }, this.title, this.#topic), this.#people, this.#search, this.#menu);
  }

  update(state: State): void {
    const room = currentRoom(state);
    setHidden(this.element, room === undefined);
    if (!room) return;
    const { info } = room;
    this.#sign.update(info, state);
    setText(this.#name, titleOf(info));
    this.#showTopic(room, state);
    setText(this.#count, String(room.members.size || ''));
    setAttribute(this.#people, 'aria-label', `${countOf(room.members.size, 'member')}: show who is here`);
    setAttribute(this.#people, 'title', 'People in this room');
    setAttribute(this.#people, 'aria-pressed', String(state.panel === 'people'));
    setAttribute(this.#search, 'aria-pressed', String(state.panel === 'search'));
    this.#showElsewhere(state, room);
  }

  #showTopic(room: RoomState, state: State): void {
    const { info } = room;
    const mayEdit = mayChange(info, state.me);
    const words = info.kind === 'direct' ? (info.other ? presenceWord(state.people.online.get(info.other.id)) : '')
      : info.archived ? `Archived. ${info.topic}` : info.topic || (mayEdit ? 'Add a topic' : '');
    setText(this.#topic, words);
    setAttribute(this.#topic, 'title', info.topic || undefined);
    setHidden(this.#topic, words === '');
    this.#topic.disabled = !mayEdit;
  }

  #showElsewhere(state: State, here: RoomState): void {
    let others = 0;
    for (const room of state.rooms.values()) if (room !== here) others += room.info.unread;
    setText(this.#elsewhere, others > 99 ? '99+' : String(others));
    setHidden(this.#elsewhere, others === 0);
    setHidden(this.#elsewhereWords, others === 0);
  }

  #toggle(panel: 'people' | 'search'): void {
    this.#chat.showPanel(this.#chat.state.panel === panel ? undefined : panel);
  }

  #changeTopic(): void {
    const room = currentRoom(this.#chat.state);
    if (room) openTopic(this.#chat, room);
  }

  #openMenu(): void {
    const room = currentRoom(this.#chat.state);
    if (room) openMenu(this.#menu, 'Room', menuOf(this.#chat, room));
  }
}

function menuOf(chat: Chat, room: RoomState): MenuEntry[] {
  const { info } = room;
  const { me } = chat.state;
  const entries: MenuEntry[] = [{ label: 'Jump to date', icon: 'calendar', act: () => openDate(chat, room) }];
  if (mayInvite(info, me)) entries.push({ label: 'Invite people', icon: 'invite', act: () => openInvite(chat, room) });
  if (mayChange(info, me)) {
    entries.push({ label: 'Set topic', icon: 'edit', act: () => openTopic(chat, room) }, { label: 'Rename room', icon: 'edit', act: () => openRename(chat, room) });
  }
  if (mayExport(info, me)) entries.push({ label: 'Export history', icon: 'download', href: http.exportPath(room.id) });
  if (info.kind === 'direct') return entries;
  entries.push('line');
  if (mayArchive(info, me)) entries.push({ label: info.archived ? 'Open room again' : 'Archive room', icon: 'archive', act: () => askArchive(chat, room) });
  entries.push({ label: 'Leave room', icon: 'exit', act: () => askLeave(chat, room) });
  if (mayDelete(info, me)) entries.push({ label: 'Delete room', icon: 'trash', danger: true, act: () => askDelete(chat, room) });
  return entries;
}
