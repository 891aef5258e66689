// One line of the log: a message, a notice, a day, or the line above what is new.

import { partsOf } from '../links.js';
import type { Message, Notice } from '../state.js';
import type { Row } from '../rows.js';
import { dayOf, fullTimeOf, listOf, timeOf } from '../words.js';
import { avatar } from './avatar.js';
import { el, setHidden, setText, type ItemView } from './dom.js';

export interface MessageActions {
  again(message: Message): void;
  discard(message: Message): void;
}

export function rowView(row: Row, actions: MessageActions): ItemView<Row> {
  switch (row.type) {
    case 'message': return messageView(row.message, actions);
    case 'notice': return noticeView();
    case 'day': return fixed(el('li', { class: 'line' }, el('span', {}, dayOf(row.at))));
    case 'new': return fixed(el('li', { class: 'line line-new' }, el('span', {}, 'New')));
  }
}

function fixed(element: HTMLElement): ItemView<Row> {
  return { element, update: () => undefined };
}

function noticeView(): ItemView<Row> {
  const words = el('span', { dir: 'auto' });
  const time = el('time');
  return {
    element: el('li', { class: 'notice' }, words, time),
    update(row) {
      if (row.type !== 'notice') return;
      setText(words, inWords(row.notice));
      showTime(time, row.notice.at);
    },
  };
}

function inWords(notice: Notice): string {
  switch (notice.what) {
    case 'came': return `${listOf(notice.names, 4)} came in`;
    case 'left': return `${listOf(notice.names, 4)} left`;
    case 'missed': return 'Connected again. What was said in between is not shown here.';
  }
}

function messageView(message: Message, actions: MessageActions): ItemView<Row> {
  const parts = messageParts(message);
  let shown = message;
  parts.again.addEventListener('click', () => actions.again(shown));
  parts.discard.addEventListener('click', () => actions.discard(shown));
  return {
    element: parts.element,
    update(row) {
      if (row.type !== 'message') return;
      shown = row.message;
      parts.element.classList.toggle('is-first', row.first);
      parts.element.dataset['delivery'] = shown.delivery;
      for (const time of parts.times) showTime(time, shown.at);
      setText(parts.sending, shown.delivery === 'sending' ? 'Sending…' : '');
      setHidden(parts.failure, shown.delivery !== 'failed');
      setText(parts.error, shown.error === undefined ? '' : `Not sent: ${lowerFirst(shown.error)}`);
    },
  };
}

function messageParts(message: Message) {
  const headTime = el('time', { class: 'head-time' });
  // Shown at the side on pointing, for the messages that stand under another's head.
  const sideTime = el('time', { class: 'side-time', 'aria-hidden': 'true' });
  const sending = el('span', { class: 'sending', 'aria-hidden': 'true' });
  const error = el('span');
  const again = el('button', { type: 'button', class: 'link-button' }, 'Try again');
  const discard = el('button', { type: 'button', class: 'link-button' }, 'Discard');
  const failure = el('p', { class: 'failure' }, error, ' ', again, ' ', discard);
  const head = el('p', { class: 'message-head' }, el('bdi', { class: 'author' }, message.name), headTime);
  const body = el('p', { class: 'message-text', dir: 'auto' }, ...textNodes(message.text));
  const element = el('li', { class: 'message' }, avatar(message.name), sideTime, head, body, sending, failure);
  if (message.own) element.classList.add('is-own');
  return { element, sending, failure, error, again, discard, times: [headTime, sideTime] };
}

function textNodes(text: string): (Node | string)[] {
  return partsOf(text).map(({ text: words, href }) => href === undefined
    ? words
    : el('a', { href, target: '_blank', rel: 'noopener noreferrer nofollow' }, words));
}

function showTime(element: HTMLTimeElement, at: number): void {
  setText(element, timeOf(at));
  const iso = new Date(at).toISOString();
  if (element.dateTime === iso) return;
  element.dateTime = iso;
  element.title = fullTimeOf(at);
}

function lowerFirst(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
