import type { Chat } from '../../chat.js';
import { http, wordsOf } from '../../http.js';
import type { AdminRoom } from '../../protocol.js';
import { confirm } from '../dialog.js';
import { button, el, iconButton } from '../dom.js';
import { openMenu } from '../menu.js';
import { RoomSign } from '../roomTitle.js';
import { tell } from '../toast.js';
import type { Tab } from './adminPage.js';
import { timeOf } from './peopleTab.js';
import { number, row, Table } from './table.js';

export class RoomsTab implements Tab {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #table = new Table('All rooms', ['Name', 'Kind', 'Members', 'Messages', 'Last message', ''], 'There are no rooms yet.');
  readonly #file = el('input', { type: 'file', accept: '.json,application/json', hidden: '', 'aria-label': 'File with an exported room', tabindex: '-1' });

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#file.addEventListener('change', () => void this.#import());
    this.element = el('section', {},
      el('div', { class: 'admin-tools' }, button('Import a room', 'button', () => this.#file.click()), this.#file), this.#table.element);
  }

  async load(): Promise<void> {
    const { rooms } = await http.adminRooms();
    this.#table.show(rooms.map((room) => this.#rowOf(room)));
  }

  #rowOf(room: AdminRoom): HTMLTableRowElement {
    const sign = new RoomSign();
    if (room.kind !== 'direct') sign.update(room, this.#chat.state);
    const words = room.kind === 'direct' ? 'Direct messages' : room.name;
    const menu: HTMLButtonElement = iconButton('more', `Actions for ${words}`, () => openMenu(menu, words, [
      { label: 'Export history', icon: 'download', href: http.exportPath(room.id) },
      ...(room.kind === 'public' ? [{ label: room.archived ? 'Open room again' : 'Archive room', icon: 'archive', act: () => this.#archive(room) }] : []),
      ...(room.kind === 'direct' ? [] : ['line' as const, { label: 'Delete room', icon: 'trash', danger: true, act: () => this.#askDelete(room) }]),
    ]));
    return row(el('span', { class: 'cell-person' }, sign.element, el('bdi', {}, words)), room.archived ? `${room.kind}, archived` : room.kind,
      number(room.members), number(room.messages), room.lastAt ? timeOf(room.lastAt) : '–', menu);
  }

  #archive(room: AdminRoom): void {
    const change = async () => {
      const reply = await this.#chat.connection.ask('change_room', { room: room.id, archived: !room.archived });
      if (!reply.ok) return reply.error;
      return this.load();
    };
    if (room.archived) void change().then((error) => { if (error) tell(error, 'bad'); });
    else confirm(`Archive #${room.name}?`, 'Everybody can still read it, but nobody can write until it is opened again.', 'Archive', change);
  }

  #askDelete(room: AdminRoom): void {
    const words = `The room “${room.name}” with its ${room.messages.toLocaleString()} messages is gone for everybody. This can’t be undone.`;
    confirm(`Delete ${room.name}?`, words, 'Delete room', async () => {
      const reply = await this.#chat.connection.ask('delete_room', { room: room.id });
      if (!reply.ok) return reply.error;
      return this.load();
    });
  }

  async #import(): Promise<void> {
    const file = this.#file.files?.[0];
    this.#file.value = '';
    if (!file) return;
    try {
      const { room } = await http.importRoom(await file.text());
      tell(`The room ${room.name} is imported.`, 'good');
      await this.load();
    } catch (error) {
      tell(`${file.name}: ${wordsOf(error)}`, 'bad');
    }
  }
}
