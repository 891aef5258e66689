// The right side: who is in the room, first those who are there.

import type { Chat } from '../chat.js';
import { membersOf, type Member } from '../state/people.js';
import { mutedUntil } from '../state/rooms.js';
import { currentRoom, type State } from '../state/state.js';
import { avatar, presenceWord, showAvatar, showPresence } from './avatar.js';
import { el, iconButton, KeyedList, setHidden, setText, type ItemView } from './dom.js';
import { openPersonMenu } from './personMenu.js';

/** A room of thousands shows so many; the rest is a number. */
const shown = 200;

interface Item { member: Member; me: string; isMuted: boolean }

export class PeoplePanel {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #here: Group;
  readonly #gone: Group;
  #shown = '';

  constructor(chat: Chat) {
    this.#chat = chat;
    const open = (anchor: HTMLElement, id: string) => {
      const room = currentRoom(chat.state);
      if (room) openPersonMenu(chat, room, id, anchor);
    };
    this.#here = new Group('people-online', 'Online', open);
    this.#gone = new Group('people-offline', 'Offline', open);
    this.element = el('aside', { class: 'panel people', 'aria-labelledby': 'people-title' },
      el('header', { class: 'panel-head' }, el('h2', { id: 'people-title' }, 'People'), iconButton('close', 'Close people', () => this.#chat.showPanel(undefined))),
      el('div', { class: 'panel-scroll' }, this.#here.element, this.#gone.element));
    this.element.addEventListener('keydown', (event) => { if (event.key === 'Escape') this.#chat.showPanel(undefined); });
  }

  update(state: State): void {
    const room = currentRoom(state);
    const isShown = state.panel === 'people' && room !== undefined;
    setHidden(this.element, !isShown);
    if (!isShown) return;
    const muted = new Set([...room.muted.keys()].filter((id) => mutedUntil(room, id, Date.now()) !== undefined));
    const key = `${room.id} ${room.position?.epoch} ${room.position?.offset} ${room.members.size} ${state.people.version} ${[...muted].join()}`;
    if (key === this.#shown) return;
    this.#shown = key;
    const { here, gone } = membersOf(state.people, room.members);
    this.#here.show(here, state.me.id, muted);
    this.#gone.show(gone, state.me.id, muted);
  }
}

class Group {
  readonly element: HTMLElement;
  readonly #title = el('h3', { class: 'people-title' });
  readonly #more = el('p', { class: 'soft people-more' });
  readonly #list: KeyedList<Item>;
  readonly #words: string;

  constructor(id: string, words: string, open: (anchor: HTMLElement, id: string) => void) {
    this.#words = words;
    this.#title.id = id;
    const list = el('ul', { class: 'people-list' });
    this.#list = new KeyedList(list, ({ member }) => member.person.id, ({ member }) => personView(member.person.id, open));
    this.element = el('section', { 'aria-labelledby': id }, this.#title, list, this.#more);
  }

  show(members: readonly Member[], me: string, muted: ReadonlySet<string>): void {
    setHidden(this.element, members.length === 0);
    setText(this.#title, `${this.#words} — ${members.length}`);
    this.#list.show(members.slice(0, shown).map((member) => ({ member, me, isMuted: muted.has(member.person.id) })));
    setText(this.#more, members.length > shown ? `and ${members.length - shown} more` : '');
  }
}

function personView(id: string, open: (anchor: HTMLElement, id: string) => void): ItemView<Item> {
  const picture = avatar('', 'avatar-small');
  const name = el('bdi', { class: 'person-name' });
  const note = el('span', { class: 'tag' });
  const presence = el('span', { class: 'unseen' });
  const person = el('button', { type: 'button', class: 'person', 'aria-haspopup': 'menu' }, picture, name, presence, note);
  person.addEventListener('click', () => open(person, id));
  return {
    element: el('li', {}, person),
    update({ member, me, isMuted }) {
      showAvatar(picture, member.person.name);
      showPresence(picture, member.presence);
      setText(name, member.person.name);
      setText(presence, `, ${presenceWord(member.presence)}`);
      setText(note, isMuted ? 'muted' : noteOf(member, me));
      setHidden(note, note.textContent === '');
      person.classList.toggle('is-offline', !member.presence);
    },
  };
}

function noteOf({ person, role }: Member, me: string): string {
  if (role !== 'member') return role;
  if (person.guest) return 'guest';
  return person.id === me ? 'you' : '';
}
