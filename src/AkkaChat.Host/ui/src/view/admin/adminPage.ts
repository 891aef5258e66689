// Administration: people, rooms, connections, and what was done. Only administrators get here; the server sees to that.

import type { Chat } from '../../chat.js';
import { wordsOf } from '../../http.js';
import { adminTabs, hashOf, type AdminTab } from '../../route.js';
import type { State } from '../../state/state.js';
import { button, el, icon, setHidden, setText } from '../dom.js';
import { AuditTab } from './auditTab.js';
import { ConnectionsTab } from './connectionsTab.js';
import { PeopleTab } from './peopleTab.js';
import { RoomsTab } from './roomsTab.js';

export interface Tab {
  readonly element: HTMLElement;
  load(): Promise<void>;
  /** Loads by itself so often, in milliseconds. */
  readonly every?: number;
}

const names: Record<AdminTab, string> = { people: 'People', rooms: 'Rooms', connections: 'Connections', audit: 'Audit log' };

export class AdminPage {
  readonly element: HTMLElement;
  readonly #tabs: Record<AdminTab, Tab>;
  readonly #links: Record<AdminTab, HTMLAnchorElement>;
  readonly #body = el('div', { class: 'admin-body' });
  readonly #error = el('p', { class: 'dialog-error', role: 'alert', hidden: '' });
  #shown: AdminTab | undefined;
  #timer: ReturnType<typeof setInterval> | undefined;

  constructor(chat: Chat) {
    this.#tabs = { people: new PeopleTab(chat), rooms: new RoomsTab(chat), connections: new ConnectionsTab(), audit: new AuditTab() };
    const links = adminTabs.map((tab) => [tab, el('a', { class: 'tab', href: hashOf({ page: 'admin', tab }) }, names[tab])] as const);
    this.#links = Object.fromEntries(links) as Record<AdminTab, HTMLAnchorElement>;
    const back = el('a', { class: 'icon-button', href: '#/', 'aria-label': 'Back to the rooms', title: 'Back to the rooms' }, icon('back'));
    this.element = el('main', { class: 'admin', 'aria-labelledby': 'admin-title', hidden: '' },
      el('header', { class: 'admin-head' }, back, el('h1', { id: 'admin-title', tabindex: '-1' }, 'Administration'),
        button('Refresh', 'button', () => void this.#load())),
      el('nav', { class: 'tabs', 'aria-label': 'Administration' }, ...links.map(([, link]) => link)),
      this.#error, this.#body);
  }

  update({ route, me, phase, ready }: State): void {
    const shown = route.page === 'admin' && phase === 'chat' ? route.tab : undefined;
    setHidden(this.element, shown === undefined);
    if (shown === this.#shown || !ready) return;
    this.#shown = shown;
    clearInterval(this.#timer);
    if (shown === undefined) return this.#body.replaceChildren();
    if (me.role !== 'administrator') return this.#fail('Only administrators can see this page.');
    this.#open(shown);
  }

  #open(name: AdminTab): void {
    for (const [tab, link] of Object.entries(this.#links)) {
      if (tab === name) link.setAttribute('aria-current', 'page');
      else link.removeAttribute('aria-current');
    }
    const tab = this.#tabs[name];
    this.#body.replaceChildren(tab.element);
    if (tab.every !== undefined) this.#timer = setInterval(() => { if (document.visibilityState === 'visible') void this.#load(); }, tab.every);
    void this.#load();
  }

  async #load(): Promise<void> {
    if (this.#shown === undefined) return;
    try {
      await this.#tabs[this.#shown].load();
      this.#fail('');
    } catch (error) {
      this.#fail(wordsOf(error));
    }
  }

  #fail(words: string): void {
    setText(this.#error, words);
    setHidden(this.#error, words === '');
  }
}
