// Finding a person by name: for direct messages and invitations.

import type { Chat } from '../../chat.js';
import type { Person } from '../../protocol.js';
import { learn } from '../../state/people.js';
import { avatar, presenceWord, showPresence } from '../avatar.js';
import { openDialog, type Dialog } from '../dialog.js';
import { el, isComposing, setText, unseen } from '../dom.js';

export interface PickOptions {
  title: string;
  /** What the button of each person does, such as "Invite". */
  verb: string;
  leaveOut(person: Person): boolean;
  chosen(person: Person, dialog: Dialog): Promise<void>;
}

export function pickPerson(chat: Chat, options: PickOptions): void {
  const search = el('input', { type: 'search', placeholder: 'Name', 'aria-label': 'Find a person', autocomplete: 'off', spellcheck: 'false', class: 'search-input' });
  const list = el('ul', { class: 'directory' });
  const note = el('p', { class: 'soft directory-note', role: 'status' });
  let asked = 0;
  const find = async () => {
    const number = ++asked;
    const reply = await chat.connection.ask('find_people', { query: search.value.trim(), limit: 30 });
    if (number !== asked) return;
    const found = reply.ok ? reply.people.filter((person) => !options.leaveOut(person)) : [];
    if (reply.ok) chat.update(() => learn(chat.state.people, found));
    list.replaceChildren(...found.map((person) => itemOf(chat, person, options, () => dialog)));
    setText(note, !reply.ok ? reply.error : found.length === 0 ? 'Nobody found.' : '');
  };
  search.addEventListener('input', () => void find());
  search.addEventListener('keydown', (event) => {
    if (event.key !== 'Enter' || isComposing(event)) return;
    event.preventDefault();
    list.querySelector('button')?.click();
  });
  const dialog = openDialog({ title: options.title, className: 'dialog-tall', content: [search, list, note] });
  void find();
}

function itemOf(chat: Chat, person: Person, options: PickOptions, dialog: () => Dialog): HTMLElement {
  const picture = avatar(person.name, 'avatar-small');
  const presence = chat.state.people.online.get(person.id);
  showPresence(picture, presence);
  const pick = el('button', { type: 'button', class: 'person-pick' }, unseen(`${options.verb} `), picture,
    el('bdi', { class: 'grow' }, person.name), el('span', { class: 'soft' }, person.guest ? 'guest' : presence ? presenceWord(presence) : ''));
  pick.addEventListener('click', () => {
    pick.disabled = true;
    void options.chosen(person, dialog()).finally(() => { pick.disabled = false; });
  });
  return el('li', {}, pick);
}
