import { http } from '../../http.js';
import { avatar } from '../avatar.js';
import { el, setText } from '../dom.js';
import type { Tab } from './adminPage.js';
import { timeOf } from './peopleTab.js';
import { number, row, Table } from './table.js';

const factNames = ['online', 'people', 'rooms', 'messages', 'nodes'] as const;

export class ConnectionsTab implements Tab {
  readonly every = 5_000;
  readonly element: HTMLElement;
  readonly #table = new Table('Connections', ['Person', 'Transport', 'Rooms', 'Since'], 'Nobody is connected.');
  readonly #facts = {
    online: fact('people online'), people: fact('accounts'), rooms: fact('rooms'), messages: fact('messages'), nodes: fact('nodes'),
  };

  constructor() {
    this.element = el('section', {},
      el('dl', { class: 'facts' }, ...Object.values(this.#facts).map(({ element }) => element)), this.#table.element);
  }

  async load(): Promise<void> {
    const overview = await http.overview();
    for (const name of factNames) setText(this.#facts[name].value, overview[name].toLocaleString());
    this.#table.show(overview.connections.map(({ person, transport, rooms, since }) => row(
      el('span', { class: 'cell-person' }, avatar(person.name, 'avatar-mini'), el('bdi', {}, person.name)), transport, number(rooms), timeOf(since))));
  }
}

function fact(words: string): { element: HTMLElement; value: HTMLElement } {
  const value = el('dd', {}, '–');
  return { value, element: el('div', { class: 'fact' }, el('dt', {}, words), value) };
}
