// Where the person is logged in, and the tokens of their programs.

import type { Chat } from '../../chat.js';
import { http, wordsOf } from '../../http.js';
import type { Login } from '../../protocol.js';
import { agoOf, dateTimeOf } from '../../words.js';
import { confirm, field, openDialog } from '../dialog.js';
import { button, el, icon, isComposing, unseen } from '../dom.js';
import { tell } from '../toast.js';

export function openLogins(chat: Chat): void {
  const list = el('ul', { class: 'logins' }, el('li', { class: 'soft' }, 'Loading…'));
  const label = field({ label: 'Name of the program', name: 'label', hint: 'A token lets a program log in as you.', attributes: { maxlength: '64' } });
  const fresh = el('div', { class: 'fresh-token', hidden: '' });
  const create = button('Create token', 'button', () => void makeToken());
  const load = async () => {
    try {
      const { logins } = await http.logins();
      list.replaceChildren(...logins.map((login) => itemOf(login, chat, () => void load())));
    } catch (error) {
      list.replaceChildren(el('li', { class: 'field-note is-error' }, wordsOf(error)));
    }
  };
  const makeToken = async () => {
    label.fail('');
    if (label.input.value.trim() === '') return label.fail('Please give the program a name.');
    try {
      const { token } = await http.newToken(label.input.value.trim());
      showToken(fresh, token);
      label.input.value = '';
      await load();
    } catch (error) {
      label.fail(wordsOf(error));
    }
  };
  label.input.addEventListener('keydown', (event) => { if (event.key === 'Enter' && !isComposing(event)) { event.preventDefault(); void makeToken(); } });
  openDialog({ title: 'Log-ins and tokens', content: [
    list, el('h3', {}, 'New token'), el('div', { class: 'field-row' }, label.element, create), fresh] });
  void load();
}

function itemOf(login: Login, chat: Chat, changed: () => void): HTMLElement {
  const name = login.label || (login.kind === 'browser' ? 'Browser' : 'Program');
  const words = login.current ? 'This log-in' : `Last used ${agoOf(login.lastUsedAt)}`;
  const end = button('End', 'button button-small', () => confirm('End log-in', `“${name}” has to log in again.`, 'End log-in', async () => {
    await http.endLogin(login.id);
    if (login.current) chat.update(() => chat.showLogin('You are logged out.'));
    else changed();
  }));
  end.append(unseen(` ${name}`));
  return el('li', { class: 'login-item' }, icon(login.kind === 'browser' ? 'window' : 'key'),
    el('div', { class: 'grow' }, el('div', { class: 'strong' }, name),
      el('div', { class: 'soft', title: `Since ${dateTimeOf(login.createdAt)}` }, words)), end);
}

function showToken(place: HTMLElement, token: string): void {
  const value = el('input', { type: 'text', readonly: '', 'aria-label': 'New token', class: 'token' });
  value.value = token;
  value.addEventListener('focus', () => value.select());
  const copy = button('Copy', 'button', () => {
    void navigator.clipboard.writeText(token).then(() => tell('Token copied.', 'good'), () => value.select());
  });
  place.replaceChildren(el('p', {}, 'Copy it now: it is not shown again.'), el('div', { class: 'field-row' }, value, copy));
  place.hidden = false;
  value.focus();
}
