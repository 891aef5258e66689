// The first screen: log in, make an account, or come as a guest.

import type { Chat } from '../chat.js';
import { http, HttpError, wordsOf } from '../http.js';
import { limits, tidy, type Person } from '../protocol.js';
import type { State } from '../state/state.js';
import { field, type Field } from './dialog.js';
import { button, el, setAttribute, setHidden, setText } from './dom.js';

type Way = 'login' | 'register' | 'guest';

const submitWords: Record<Way, string> = { login: 'Log in', register: 'Create account', guest: 'Continue as guest' };

export class LoginScreen {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #name = field({ label: 'Name', name: 'username', attributes: {
    autocomplete: 'username', autocapitalize: 'none', spellcheck: 'false', maxlength: String(limits.name), required: '' } });
  readonly #password = field({ label: 'Password', name: 'password', attributes: {
    type: 'password', autocomplete: 'current-password', maxlength: String(limits.password), required: '' } });
  readonly #show = button('Show', 'field-show', () => this.#showPassword(this.#password.input.type === 'password'));
  readonly #tabs: Record<'login' | 'register', HTMLButtonElement>;
  readonly #tabList: HTMLElement;
  readonly #note = el('p', { class: 'login-note', role: 'status' });
  readonly #error = el('p', { class: 'dialog-error', role: 'alert' });
  readonly #intro = el('p', { class: 'login-intro' });
  readonly #submit = el('button', { type: 'submit', class: 'button button-primary button-wide' });
  readonly #other = button('', 'link-button', () => this.#choose(this.#way === 'guest' ? 'login' : 'guest'));
  readonly #otherLine = el('p', { class: 'login-other' }, this.#other);
  readonly #form: HTMLFormElement;
  readonly #tabPanel: HTMLElement;
  #way: Way = 'login';
  #chosen = false;

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#tabs = { login: this.#tab('login', 'Log in'), register: this.#tab('register', 'Create account') };
    this.#tabList = el('div', { class: 'tabs', role: 'tablist', 'aria-label': 'How to come in' }, this.#tabs.login, this.#tabs.register);
    this.#tabList.addEventListener('keydown', (event) => this.#moveTab(event));
    this.#show.setAttribute('aria-label', 'Show password');
    this.#password.input.after(this.#show);
    this.#form = el('form', { class: 'login-form', novalidate: '', method: 'post' },
      this.#intro, this.#name.element, this.#password.element, this.#error, this.#submit);
    this.#form.addEventListener('submit', (event) => { event.preventDefault(); void this.#send(); });
    this.#tabPanel = el('div', { id: 'login-panel', role: 'tabpanel' }, this.#form);
    const mark = el('img', { src: icon(), alt: '', width: '40', height: '40' });
    this.element = el('main', { class: 'login', hidden: '' },
      el('div', { class: 'login-card' },
        el('div', { class: 'brand brand-large' }, mark, el('h1', {}, 'AkkaChat')),
        this.#note, this.#tabList, this.#tabPanel, this.#otherLine));
    this.#choose('login');
  }

  update(state: State): void {
    const shown = state.phase === 'login';
    const appears = shown && this.element.hidden;
    setHidden(this.element, !shown);
    setText(this.#note, state.loginNote);
    setHidden(this.#note, state.loginNote === '');
    if (!appears) return;
    if (!this.#chosen && state.site?.first) this.#choose('register');
    else this.#choose(this.#way);
    this.#password.input.value = '';
    (this.#name.input.value === '' ? this.#name : this.#password).input.focus();
  }

  #choose(way: Way): void {
    this.#way = way;
    const { site } = this.#chat.state;
    const isClosed = site?.registration === false && !site.first;
    for (const [name, tab] of Object.entries(this.#tabs)) {
      tab.setAttribute('aria-selected', String(name === way));
      tab.tabIndex = name === way || (way === 'guest' && name === 'login') ? 0 : -1;
    }
    setHidden(this.#tabs.register, isClosed);
    setAttribute(this.#tabPanel, 'aria-label', submitWords[way]);
    setText(this.#submit, submitWords[way]);
    setText(this.#intro, this.#introOf(way));
    setHidden(this.#intro, this.#intro.textContent === '');
    setHidden(this.#password.element, way === 'guest');
    this.#password.input.autocomplete = way === 'register' ? 'new-password' : 'current-password';
    setText(this.#other, way === 'guest' ? 'Back to log in' : 'Continue as guest');
    setHidden(this.#otherLine, !site?.guests);
    this.#showPassword(false);
    this.#failed('');
  }

  #introOf(way: Way): string {
    if (way === 'guest') return 'As a guest you can join public rooms and talk, without an account.';
    if (way === 'register' && this.#chat.state.site?.first) return 'Nobody has an account here yet. The first one becomes the administrator.';
    return way === 'register' ? `Your name is what others see. The password needs ${limits.passwordLeast} characters or more.` : '';
  }

  async #send(): Promise<void> {
    if (this.#submit.disabled || !this.#check()) return;
    const name = tidy(this.#name.input.value);
    const password = this.#password.input.value;
    this.#submit.disabled = true;
    try {
      const { me } = await this.#ask(name, password);
      const site = await http.site().catch(() => undefined);
      if (site) this.#chat.state.site = site;
      this.#chat.signedIn(me);
    } catch (error) {
      this.#refused(error);
    } finally {
      this.#submit.disabled = false;
    }
  }

  #ask(name: string, password: string): Promise<{ me: Person }> {
    switch (this.#way) {
      case 'login': return http.login(name, password);
      case 'register': return http.register(name, password);
      case 'guest': return http.guest(name);
    }
  }

  #check(): boolean {
    this.#failed('');
    const name = tidy(this.#name.input.value);
    const isNew = this.#way !== 'login';
    if (name === '') return this.#wrong(this.#name, 'Please type your name.');
    if (isNew && name.length < limits.nameLeast) return this.#wrong(this.#name, `A name has at least ${limits.nameLeast} characters.`);
    if (this.#way === 'guest') return true;
    const { length } = this.#password.input.value;
    if (length === 0) return this.#wrong(this.#password, 'Please type your password.');
    if (isNew && length < limits.passwordLeast) return this.#wrong(this.#password, `Please take at least ${limits.passwordLeast} characters; these are ${length}.`);
    return true;
  }

  #wrong(one: Field, words: string): false {
    one.fail(words);
    return false;
  }

  #refused(error: unknown): void {
    const known = error instanceof HttpError ? error : undefined;
    if (known?.field === 'name' || known?.code.startsWith('name_')) this.#name.fail(known.message);
    else if (known?.field === 'password' || known?.code === 'password_weak') this.#password.fail(known.message);
    else this.#failed(wordsOf(error));
    if (known?.code === 'wrong_credentials') this.#password.input.select();
  }

  #failed(words: string): void {
    setText(this.#error, words);
    setHidden(this.#error, words === '');
    if (words !== '') return;
    this.#name.fail('');
    this.#password.fail('');
  }

  #showPassword(shown: boolean): void {
    this.#password.input.type = shown ? 'text' : 'password';
    setText(this.#show, shown ? 'Hide' : 'Show');
    setAttribute(this.#show, 'aria-label', shown ? 'Hide password' : 'Show password');
  }

  #tab(way: 'login' | 'register', words: string): HTMLButtonElement {
    const tab = button(words, 'tab', () => { this.#chosen = true; this.#choose(way); });
    tab.setAttribute('role', 'tab');
    tab.setAttribute('aria-controls', 'login-panel');
    return tab;
  }

  #moveTab(event: KeyboardEvent): void {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = this.#way === 'login' ? this.#tabs.register : this.#tabs.login;
    if (next.hidden) return;
    next.click();
    next.focus();
  }
}

function icon(): string {
  return document.querySelector<HTMLLinkElement>('link[rel=icon]')?.href ?? '';
}
