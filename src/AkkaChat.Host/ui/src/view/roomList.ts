// The left side: the person's rooms with what is unread, and the rooms they could enter.

import { isSuggested, type Chat } from '../chat.js';
import { sameKey, suggestedRooms } from '../protocol.js';
import type { Room, State } from '../state.js';
import { byId, el, KeyedList, setAttribute, setHidden, setText, type ItemView } from './dom.js';

interface Mine { room: Room; current: boolean }
interface Other { name: string; members: number }

export class RoomList {
  readonly #mine: KeyedList<Mine>;
  readonly #others: KeyedList<Other>;
  readonly #none = byId('no-rooms', HTMLElement);

  constructor(chat: Chat, chosen: () => void) {
    const choose = (act: () => void) => () => { act(); chosen(); };
    this.#mine = new KeyedList(byId('my-rooms', HTMLElement), ({ room }) => room.key,
      ({ room }) => mineView(choose(() => chat.look(room))));
    this.#others = new KeyedList(byId('more-rooms', HTMLElement), ({ name }) => sameKey(name),
      ({ name }) => otherView(choose(() => chat.open(name))));
    newRoomForm((name) => choose(() => chat.open(name))());
  }

  update(state: State): void {
    const mine = [...state.rooms.values()].map((room) => ({ room, current: room.key === state.current }));
    this.#mine.show(mine);
    setHidden(this.#none, mine.length > 0);
    this.#others.show(otherRooms(state));
  }
}

/** Suggested rooms in their order, then the liveliest. */
export function otherRooms(state: State): Other[] {
  const counts = new Map(state.counts.map(({ room, members }) => [sameKey(room), members]));
  const suggested = suggestedRooms.map((name) => ({ name, members: counts.get(sameKey(name)) ?? 0 }));
  const rest = state.counts.filter(({ room }) => !isSuggested(room))
    .map(({ room, members }) => ({ name: room, members }))
    .sort((a, b) => b.members - a.members || a.name.localeCompare(b.name));
  return [...suggested, ...rest].filter(({ name }) => !state.rooms.has(sameKey(name)));
}

function mineView(look: () => void): ItemView<Mine> {
  const name = el('bdi', { class: 'room-name' });
  const unread = el('span', { class: 'badge' });
  const unreadWord = el('span', { class: 'unseen' }, ' unread');
  const button = el('button', { type: 'button', class: 'room' }, hash(), name, unread, unreadWord);
  button.addEventListener('click', look);
  return {
    element: el('li', {}, button),
    update({ room, current }) {
      setText(name, room.name);
      setText(unread, room.unread === 0 ? '' : room.unread > 99 ? '99+' : String(room.unread));
      setHidden(unread, room.unread === 0);
      setHidden(unreadWord, room.unread === 0);
      setAttribute(button, 'aria-current', current ? 'page' : undefined);
      button.classList.toggle('is-unread', room.unread > 0);
    },
  };
}

function otherView(open: () => void): ItemView<Other> {
  const name = el('bdi', { class: 'room-name' });
  const count = el('span', { class: 'room-count' });
  const countWord = el('span', { class: 'unseen' });
  const button = el('button', { type: 'button', class: 'room', title: 'Go into this room' }, hash(), name, count, countWord);
  button.addEventListener('click', open);
  return {
    element: el('li', {}, button),
    update(room) {
      setText(name, room.name);
      setText(count, room.members === 0 ? '' : String(room.members));
      setText(countWord, room.members === 0 ? ' nobody there' : room.members === 1 ? ' person there' : ' people there');
    },
  };
}

function hash(): HTMLElement {
  return el('span', { class: 'hash', 'aria-hidden': 'true' }, '#');
}

/** "New room" unfolds in place: no dialog, no lost context. */
function newRoomForm(open: (name: string) => void): void {
  const button = byId('new-room', HTMLButtonElement);
  const form = byId('new-room-form', HTMLFormElement);
  const input = byId('new-room-name', HTMLInputElement);
  const unfold = (unfolded: boolean) => {
    form.hidden = !unfolded;
    button.hidden = unfolded;
    button.setAttribute('aria-expanded', String(unfolded));
    if (unfolded) input.focus();
    else input.value = '';
  };
  const cancel = () => { unfold(false); button.focus(); };
  button.addEventListener('click', () => unfold(true));
  byId('new-room-cancel', HTMLButtonElement).addEventListener('click', cancel);
  form.addEventListener('keydown', (event) => { if (event.key === 'Escape') cancel(); });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const name = input.value.trim();
    if (name === '') return input.focus();
    unfold(false);
    open(name);
  });
}
