// Finding messages by their words: results in their rooms, each a way to the message.

import type { Chat } from '../chat.js';
import { plain } from '../markdown.js';
import type { Hit } from '../protocol.js';
import { hashOf } from '../route.js';
import { learn, nameOf, unknown } from '../state/people.js';
import { currentRoom, type State } from '../state/state.js';
import { fullTimeOf, shortTimeOf } from '../words.js';
import { avatar } from './avatar.js';
import { button, el, iconButton, isComposing, setHidden, setText } from './dom.js';
import { spokenTitle } from './roomTitle.js';

const waitFor = 250;

export class SearchPanel {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #input = el('input', { type: 'search', class: 'search-input', 'aria-label': 'Search messages', placeholder: 'Search messages', autocomplete: 'off', enterkeyhint: 'search' });
  readonly #where = el('select', { 'aria-label': 'Where to search' });
  readonly #note = el('p', { class: 'soft search-note', role: 'status' }, 'Words to look for in the rooms you are in.');
  readonly #results = el('ol', { class: 'results', 'aria-label': 'Search results' });
  readonly #more = button('Show more', 'button button-wide', () => void this.#search(this.#next));
  #next: number | undefined;
  #number = 0;
  #count = 0;
  #wasShown = false;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(chat: Chat) {
    this.#chat = chat;
    setHidden(this.#more, true);
    this.#input.addEventListener('input', () => { clearTimeout(this.#timer); this.#timer = setTimeout(() => void this.#search(), waitFor); });
    this.#where.addEventListener('change', () => void this.#search());
    const form = el('form', { class: 'search-form', role: 'search' }, this.#input, this.#where);
    form.addEventListener('submit', (event) => { event.preventDefault(); void this.#search(); });
    this.element = el('aside', { class: 'panel search', 'aria-labelledby': 'search-title', hidden: '' },
      el('header', { class: 'panel-head' }, el('h2', { id: 'search-title' }, 'Search'), iconButton('close', 'Close search', () => chat.showPanel(undefined))),
      form, el('div', { class: 'panel-scroll' }, this.#note, this.#results, this.#more));
    this.element.addEventListener('keydown', (event) => { if (event.key === 'Escape' && !isComposing(event)) chat.showPanel(undefined); });
  }

  update(state: State): void {
    const shown = state.panel === 'search' && state.route.page !== 'admin';
    setHidden(this.element, !shown);
    if (shown && !this.#wasShown) this.#open(state);
    this.#wasShown = shown;
  }

  #open(state: State): void {
    const room = currentRoom(state);
    const options = [...state.rooms.values()].map(({ info }) => el('option', { value: info.id }, spokenTitle(info)));
    const before = this.#where.value;
    this.#where.replaceChildren(el('option', { value: '' }, 'All my rooms'), ...options);
    this.#where.value = before && state.rooms.has(before) ? before : '';
    if (room && this.#input.value === '') this.#where.value = '';
    this.#input.focus();
    this.#input.select();
  }

  async #search(before?: number): Promise<void> {
    const query = this.#input.value.trim();
    const number = ++this.#number;
    if (query === '') return this.#show([], [], false, 'Words to look for in the rooms you are in.');
    const room = this.#where.value;
    const reply = await this.#chat.connection.ask('search', {
      query, limit: 20, ...(room === '' ? {} : { room }), ...(before === undefined ? {} : { before }) });
    if (number !== this.#number) return;
    if (!reply.ok) return this.#show([], [], before !== undefined, reply.error);
    this.#next = reply.next;
    await this.#learnNames(reply.results);
    const words = query.split(/\s+/);
    const none = reply.results.length === 0 && before === undefined;
    this.#show(reply.results, words, before !== undefined, none ? `Nothing found for “${query}”.` : '');
  }

  async #learnNames(hits: readonly Hit[]): Promise<void> {
    const { people } = this.#chat.state;
    const ids = unknown(people, hits.map(({ message }) => message.by));
    const reply = ids.length === 0 ? undefined : await this.#chat.connection.ask('people', { ids });
    if (reply?.ok) learn(people, reply.people);
  }

  #show(hits: readonly Hit[], words: readonly string[], isMore: boolean, note: string): void {
    const items = hits.map((hit) => this.#itemOf(hit, words));
    if (isMore) this.#results.append(...items);
    else this.#results.replaceChildren(...items);
    this.#count = isMore ? this.#count + hits.length : hits.length;
    setText(this.#note, note || `${this.#count}${this.#next === undefined ? '' : '+'} ${this.#count === 1 ? 'message' : 'messages'} found`);
    setHidden(this.#more, hits.length === 0 || this.#next === undefined);
  }

  #itemOf({ room: id, message }: Hit, words: readonly string[]): HTMLElement {
    const { state } = this.#chat;
    const room = state.rooms.get(id);
    const name = nameOf(state.people, message.by);
    const route = { page: 'room' as const, room: id, message: message.id };
    const link = el('a', { class: 'result', href: hashOf(route) },
      el('span', { class: 'result-room' }, room ? spokenTitle(room.info) : 'A room'),
      el('span', { class: 'result-head' }, avatar(name, 'avatar-tiny'), el('bdi', { class: 'strong' }, name),
        el('time', { title: fullTimeOf(message.at) }, shortTimeOf(message.at))),
      el('span', { class: 'result-text', dir: 'auto' }, ...highlighted(textOf(message.text, message.files?.map((file) => file.name)), words)));
    link.addEventListener('click', (event) => {
      event.preventDefault();
      if (matchMedia('(max-width: 1099px)').matches) this.#chat.showPanel(undefined);
      this.#chat.open(route);
    });
    return el('li', {}, link);
  }
}

function textOf(text: string, files: readonly string[] | undefined): string {
  return plain(text) || (files ?? []).join(', ');
}

/** The part around the first word that was found, with all of them marked. */
function highlighted(text: string, words: readonly string[]): (Node | string)[] {
  const escaped = words.filter(Boolean).map((word) => word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const pattern = new RegExp(`(${escaped.join('|')})`, 'giu');
  const first = text.search(pattern);
  const from = Math.max(0, first - 80);
  const part = `${from > 0 ? '…' : ''}${text.slice(from, from + 280)}${text.length > from + 280 ? '…' : ''}`;
  return part.split(pattern).map((piece, at) => at % 2 === 1 ? el('mark', {}, piece) : piece);
}
