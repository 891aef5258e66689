import type { Chat } from '../../chat.js';
import { http, wordsOf, type AdminPersonChange } from '../../http.js';
import { limits, type AdminPerson, type Role } from '../../protocol.js';
import { agoOf, dateTimeOf } from '../../words.js';
import { avatar } from '../avatar.js';
import { choice, confirm, field, longField, openDialog } from '../dialog.js';
import { button, el, icon, iconButton, setHidden, setText } from '../dom.js';
import { openMenu, type MenuEntry } from '../menu.js';
import { muteTimes } from '../personMenu.js';
import { tell } from '../toast.js';
import type { Tab } from './adminPage.js';
import { row, Table } from './table.js';

const roles: readonly (readonly [Role, string])[] = [['member', 'Member'], ['moderator', 'Moderator'], ['administrator', 'Administrator']];
const page = 50;

export class PeopleTab implements Tab {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #search = el('input', { type: 'search', class: 'search-input', 'aria-label': 'Search people', placeholder: 'Search people', autocomplete: 'off' });
  readonly #table = new Table('People', ['Name', 'Role', 'State', 'Last seen', 'Created', ''], 'Nobody found.');
  readonly #more = button('Show more', 'button', () => void this.#loadMore());
  readonly #count = el('p', { class: 'soft', role: 'status' });
  #people: AdminPerson[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #number = 0;

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#search.addEventListener('input', () => {
      clearTimeout(this.#timer);
      this.#timer = setTimeout(() => void this.load().catch((error: unknown) => tell(wordsOf(error), 'bad')), 250);
    });
    setHidden(this.#more, true);
    this.element = el('section', {}, el('div', { class: 'admin-tools' }, this.#search, this.#count), this.#table.element, this.#more);
  }

  async load(): Promise<void> {
    const asked = ++this.#number;
    const { people } = await http.adminPeople(this.#search.value.trim());
    if (asked !== this.#number) return;
    this.#people = people;
    this.#show(people.length);
  }

  async #loadMore(): Promise<void> {
    try {
      const { people } = await http.adminPeople(this.#search.value.trim(), this.#people.at(-1)?.id ?? '');
      const known = new Set(this.#people.map(({ id }) => id));
      const fresh = people.filter(({ id }) => !known.has(id));
      this.#people.push(...fresh);
      this.#show(fresh.length);
    } catch (error) {
      tell(wordsOf(error), 'bad');
    }
  }

  #show(lastPage: number): void {
    this.#table.show(this.#people.map((person) => this.#rowOf(person)));
    setHidden(this.#more, lastPage < page);
    setText(this.#count, `${this.#people.length}${lastPage < page ? '' : '+'} ${this.#people.length === 1 ? 'person' : 'people'}`);
  }

  #rowOf(person: AdminPerson): HTMLTableRowElement {
    const menu: HTMLButtonElement = iconButton('more', `Actions for ${person.name}`, () => openMenu(menu, person.name, this.#menuOf(person)));
    const name = el('span', { class: 'cell-person' }, avatar(person.name, 'avatar-mini'), el('bdi', {}, person.name));
    const role = person.guest ? 'Guest' : roles.find(([value]) => value === person.role)?.[1] ?? person.role;
    return row(name, role, stateOf(person), person.lastSeenAt ? timeOf(person.lastSeenAt) : '–', timeOf(person.createdAt), menu);
  }

  #menuOf(person: AdminPerson): MenuEntry[] {
    if (person.id === this.#chat.state.me.id) return [{ label: 'This is you', icon: 'people' }];
    const isMuted = (person.mutedUntil ?? 0) > Date.now();
    return [
      ...(person.guest ? [] : [{ title: 'Role' }, ...roles.map(([role, label]) => ({
        label, checked: person.role === role, act: () => this.#askRole(person, role, label) })), 'line' as const]),
      isMuted ? { label: 'Unmute', icon: 'bell', act: () => void this.#change(person, { mutedUntil: null }) } : { label: 'Mute', icon: 'mute', act: () => this.#askMute(person) },
      ...(person.guest ? [] : [{ label: 'Set new password', icon: 'key', act: () => this.#askPassword(person) }]),
      'line',
      person.bannedAt ? { label: 'Lift ban', icon: 'ban', act: () => void this.#change(person, { banned: false }) }
        : { label: 'Ban', icon: 'ban', danger: true, act: () => this.#askBan(person) },
      { label: 'Remove account', icon: 'trash', danger: true, act: () => this.#askRemove(person) },
    ];
  }

  #askRole(person: AdminPerson, role: Role, label: string): void {
    if (role === person.role) return;
    const words = role === 'administrator' ? `${person.name} can then do everything that you can, and take it from you.` : `${person.name} becomes ${label.toLowerCase()}.`;
    confirm(`Make ${person.name} ${label.toLowerCase()}?`, words, 'Change role', () => this.#save(person, { role }));
  }

  #askMute(person: AdminPerson): void {
    const time = choice({ label: 'For', name: 'time', hint: 'They can read, but not write anywhere.' }, muteTimes, muteTimes[1]?.[0] ?? '');
    openDialog({ title: `Mute ${person.name}`, submit: 'Mute', content: [time.element], className: 'dialog-small',
      act: () => this.#save(person, { mutedUntil: Date.now() + Number(time.input.value) }) });
  }

  #askBan(person: AdminPerson): void {
    const reason = longField({ label: 'Reason (optional)', name: 'reason', hint: 'It stands in the audit log.', attributes: { maxlength: '200' } });
    openDialog({ title: `Ban ${person.name}?`, submit: 'Ban', danger: true, className: 'dialog-small',
      content: [el('p', {}, `${person.name} is logged out everywhere and can’t log in again.`), reason.element],
      act: () => this.#save(person, { banned: true, ...(reason.input.value.trim() ? { reason: reason.input.value.trim() } : {}) }) });
  }

  #askPassword(person: AdminPerson): void {
    const password = field({ label: 'New password', name: 'password', hint: `At least ${limits.passwordLeast} characters. Their log-ins end.`, attributes: { type: 'text', autocomplete: 'off', maxlength: String(limits.password) } });
    openDialog({ title: `New password for ${person.name}`, submit: 'Set password', content: [password.element], className: 'dialog-small',
      act: () => password.input.value.length < limits.passwordLeast ? `Please take at least ${limits.passwordLeast} characters.` : this.#save(person, { password: password.input.value }) });
  }

  #askRemove(person: AdminPerson): void {
    confirm(`Remove ${person.name}?`, `The account of ${person.name} is gone. What they wrote stays, by “removed person”. This can’t be undone.`, 'Remove account', async () => {
      await http.removePerson(person.id);
      await this.load();
    });
  }

  async #change(person: AdminPerson, change: AdminPersonChange): Promise<void> {
    try {
      await this.#save(person, change);
    } catch (error) {
      tell(wordsOf(error), 'bad');
    }
  }

  async #save(person: AdminPerson, change: AdminPersonChange): Promise<void> {
    const { person: saved } = await http.changePerson(person.id, change);
    this.#people = this.#people.map((one) => one.id === person.id ? saved : one);
    this.#show(this.#more.hidden ? 0 : page);
    tell(`${person.name}: saved.`, 'good');
  }
}

function stateOf(person: AdminPerson): HTMLElement {
  const isMuted = (person.mutedUntil ?? 0) > Date.now();
  const words = person.bannedAt ? 'banned' : isMuted ? 'muted' : person.connections > 0 ? 'online' : 'offline';
  const tag = el('span', { class: 'state', 'data-state': words }, ...(person.bannedAt ? [icon('ban')] : []), words);
  if (isMuted) tag.title = `until ${dateTimeOf(person.mutedUntil ?? 0)}`;
  return tag;
}

export function timeOf(at: number): HTMLElement {
  return el('time', { datetime: new Date(at).toISOString(), title: dateTimeOf(at) }, agoOf(at));
}
