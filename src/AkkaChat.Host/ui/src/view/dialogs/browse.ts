// The directory of public rooms.

import type { Chat } from '../../chat.js';
import type { ListedRoom } from '../../protocol.js';
import { people } from '../../words.js';
import { openDialog } from '../dialog.js';
import { button, el, setHidden, setText, unseen } from '../dom.js';
import { openNewRoom } from './newRoom.js';

export function openBrowse(chat: Chat): void {
  const search = el('input', { type: 'search', placeholder: 'Search rooms', 'aria-label': 'Search rooms', autocomplete: 'off', class: 'search-input' });
  const list = el('ul', { class: 'directory' });
  const note = el('p', { class: 'soft directory-note', role: 'status' }, 'Loading…');
  let rooms: ListedRoom[] = [];
  const show = () => {
    const words = search.value.trim().toLowerCase();
    const found = rooms.filter(({ name, topic }) => `${name} ${topic}`.toLowerCase().includes(words));
    list.replaceChildren(...found.map((room) => itemOf(room, chat, () => dialog.close())));
    setHidden(note, found.length > 0);
    setText(note, rooms.length === 0 ? 'There are no public rooms yet.' : `No room matches “${search.value.trim()}”.`);
  };
  const load = async () => {
    const loaded = await loadAll(chat);
    if (typeof loaded === 'string') return setText(note, loaded);
    rooms = loaded;
    show();
  };
  search.addEventListener('input', show);
  const create = button('New room', 'button', () => { dialog.close(); openNewRoom(chat); });
  setHidden(create, chat.state.me.guest === true);
  const dialog = openDialog({
    title: 'Browse rooms', className: 'dialog-tall',
    content: [el('div', { class: 'field-row' }, search, create), list, note],
    closed: () => { chat.directoryChanged = undefined; },
  });
  chat.directoryChanged = () => void load();
  void load();
}

async function loadAll(chat: Chat): Promise<ListedRoom[] | string> {
  const rooms: ListedRoom[] = [];
  let after: string | undefined;
  do {
    const reply = await chat.connection.ask('rooms', after === undefined ? {} : { after });
    if (!reply.ok) return reply.error;
    rooms.push(...reply.rooms);
    after = reply.next;
  } while (after !== undefined && rooms.length < 1_000);
  return rooms;
}

function itemOf(room: ListedRoom, chat: Chat, close: () => void): HTMLElement {
  const mine = chat.state.rooms.has(room.id);
  const go = button(mine ? 'Open' : 'Join', mine ? 'button' : 'button button-primary', () => void enter());
  const enter = async () => {
    if (mine) { close(); return chat.open({ page: 'room', room: room.id }); }
    go.disabled = true;
    const reply = await chat.act('join_room', { room: room.id });
    go.disabled = false;
    if (!reply.ok) return;
    close();
    chat.enterNew(reply.room);
  };
  go.append(unseen(` ${room.name}`));
  const facts = [people(room.members), ...(mine ? ['joined'] : []), ...(room.archived ? ['archived'] : [])].join(' · ');
  return el('li', { class: 'directory-item' },
    el('div', { class: 'grow' },
      el('div', { class: 'strong' }, el('span', { class: 'hash', 'aria-hidden': 'true' }, '#'), el('bdi', {}, room.name)),
      el('div', { class: 'soft' }, facts, ...(room.topic ? [' · ', el('bdi', {}, room.topic)] : []))),
    go);
}
