// One line of the log: a message, a notice, a day, or the line above what is new.

import type { Message, Quote } from '../protocol.js';
import { plain, type Names } from '../markdown.js';
import type { Row } from '../state/rows.js';
import type { State } from '../state/state.js';
import { nameOf } from '../state/people.js';
import type { Outgoing } from '../state/outbox.js';
import { hashOf } from '../route.js';
import { charactersIn, dayOf, fullTimeOf, listOf, timeOf } from '../words.js';
import { avatar, showAvatar } from './avatar.js';
import { button, el, icon, setAttribute, setHidden, setText, type ItemView } from './dom.js';
import { filesOf } from './files.js';
import { noticeWords } from './notice.js';
import { richText } from './richText.js';

export interface MessageContext {
  readonly state: State;
  names(): Names;
  jumpTo(id: number): void;
  react(message: Message, emoji: string, on: boolean): void;
  again(message: Outgoing): void;
  discard(message: Outgoing): void;
  personMenu(anchor: HTMLElement, person: string): void;
  editor(message: Message): HTMLElement;
}

export function rowView(row: Row, context: MessageContext): ItemView<Row> {
  switch (row.type) {
    case 'message': return new MessageView(context);
    case 'outgoing': return new OutgoingView(row.outgoing, context);
    case 'notice': return noticeView(context);
    case 'day': return dayView();
    case 'new': return { element: el('li', { class: 'line line-new' }, el('span', {}, 'New messages')), update: () => undefined };
  }
}

function dayView(): ItemView<Row> {
  const words = el('span');
  return {
    element: el('li', { class: 'line' }, words),
    update: (row) => { if (row.type === 'day') setText(words, dayOf(row.at)); },
  };
}

function noticeView({ state }: MessageContext): ItemView<Row> {
  const words = el('span', { dir: 'auto' });
  const time = el('time');
  return {
    element: el('li', { class: 'notice' }, words, time),
    update(row) {
      const last = row.type === 'notice' ? row.notices.at(-1) : undefined;
      if (row.type !== 'notice' || !last) return;
      setText(words, noticeWords(row.notices, state.people));
      showTime(time, last.at);
    },
  };
}

/**
 * What both kinds of messages have: picture, head, quote, words, files. Tab goes from message to message by what is in
 * their words; who wrote it is in the list of people, and its link in the menu.
 */
class Parts {
  readonly headTime = el('time', { class: 'head-time' });
  readonly timeLink = el('a', { class: 'time-link', tabindex: '-1' }, this.headTime);
  readonly sideTime = el('time', { class: 'side-time', 'aria-hidden': 'true' });
  readonly picture = avatar('');
  readonly author = el('button', { type: 'button', class: 'author', tabindex: '-1' });
  readonly tag = el('span', { class: 'tag' });
  readonly head = el('div', { class: 'message-head' }, this.author, this.tag, this.timeLink);
  readonly quote = el('div', { class: 'quote-place' });
  readonly body = el('div', { class: 'message-text' });
  readonly files = el('div', { class: 'files' });
  readonly element = el('li', { class: 'message', tabindex: '-1' }, this.picture, this.sideTime, this.quote, this.head, this.body, this.files);

  show(name: string, at: number, first: boolean): void {
    this.element.classList.toggle('is-first', first);
    showAvatar(this.picture, name);
    setText(this.author, name);
    showTime(this.headTime, at);
    showTime(this.sideTime, at);
  }
}

class MessageView implements ItemView<Row> {
  readonly element: HTMLElement;
  readonly #parts = new Parts();
  readonly #reactions = el('div', { class: 'reactions' });
  readonly #context: MessageContext;
  #shown: Message | undefined;
  #namesKnown = 0;
  #editor: HTMLElement | undefined;

  constructor(context: MessageContext) {
    this.#context = context;
    this.element = this.#parts.element;
    this.element.append(this.#reactions);
    const { author, picture } = this.#parts;
    author.addEventListener('click', () => { if (this.#shown) context.personMenu(author, this.#shown.by); });
    picture.addEventListener('click', () => { if (this.#shown) context.personMenu(author, this.#shown.by); });
  }

  update(row: Row): void {
    if (row.type !== 'message') return;
    const { state } = this.#context;
    const { message } = row;
    this.#parts.show(nameOf(state.people, message.by), message.at, row.first);
    const role = state.people.known.get(message.by)?.role;
    setText(this.#parts.tag, role === 'administrator' ? 'admin' : role === 'moderator' ? 'moderator' : '');
    setHidden(this.#parts.tag, this.#parts.tag.textContent === '');
    this.#showEditor(message, state.editing?.room === message.room && state.editing.id === message.id);
    const known = state.people.known.size;
    if (this.#shown === message && this.#namesKnown === known) return;
    this.#shown = message;
    this.#namesKnown = known;
    this.#fill(message);
  }

  #fill(message: Message): void {
    const { state } = this.#context;
    const { element, timeLink, body, files, quote } = this.#parts;
    element.dataset['id'] = String(message.id);
    timeLink.href = hashOf({ page: 'room', room: message.room, message: message.id });
    const isDeleted = message.deletedAt !== undefined;
    element.classList.toggle('is-deleted', isDeleted);
    element.classList.toggle('is-mention', !isDeleted && (message.mentions?.includes(state.me.id) ?? false));
    element.classList.toggle('is-big', isOnlyEmoji(message.text));
    if (isDeleted) body.replaceChildren(el('p', {}, deletedWords(message)));
    else body.replaceChildren(...richText(message.text, this.#context.names(), state.me.id));
    if (message.editedAt !== undefined && !isDeleted) {
      (body.lastElementChild?.matches('p') ? body.lastElementChild : body).append(' ', el('span', { class: 'edited', title: fullTimeOf(message.editedAt) }, '(edited)'));
    }
    files.replaceChildren(...filesOf(message.files ?? []));
    setHidden(files, !message.files?.length);
    quote.replaceChildren(...(message.replyTo ? [quoteOf(message.replyTo, this.#context)] : []));
    this.#showReactions(message);
  }

  #showReactions(message: Message): void {
    const { state } = this.#context;
    const focused = this.#reactions.contains(document.activeElement) ? (document.activeElement as HTMLElement).dataset['emoji'] : undefined;
    const chips = (message.reactions ?? []).map(({ emoji, by }) => {
      const mine = by.includes(state.me.id);
      const who = listOf(by.map((id) => id === state.me.id ? 'you' : nameOf(state.people, id)), 6);
      const chip = button(emoji, 'reaction', () => this.#context.react(message, emoji, !mine));
      chip.append(el('span', { class: 'reaction-count' }, String(by.length)));
      chip.setAttribute('aria-pressed', String(mine));
      chip.setAttribute('aria-label', `${emoji} ${by.length}: ${who}`);
      chip.title = `${who} reacted with ${emoji}`;
      chip.dataset['emoji'] = emoji;
      return chip;
    });
    this.#reactions.replaceChildren(...chips);
    setHidden(this.#reactions, chips.length === 0);
    if (focused) chips.find((chip) => chip.dataset['emoji'] === focused)?.focus();
  }

  #showEditor(message: Message, editing: boolean): void {
    if (editing === (this.#editor !== undefined)) return;
    setHidden(this.#parts.body, editing);
    this.element.classList.toggle('is-editing', editing);
    this.#editor?.remove();
    this.#editor = editing ? this.#context.editor(message) : undefined;
    if (!this.#editor) return;
    this.#parts.body.after(this.#editor);
    this.#editor.querySelector('textarea')?.focus();
  }
}

/** A message of one's own that is on its way. */
class OutgoingView implements ItemView<Row> {
  readonly element: HTMLElement;
  readonly #parts = new Parts();
  readonly #context: MessageContext;
  readonly #words = el('span');
  readonly #state: HTMLElement;
  readonly #buttons: HTMLElement;

  constructor(outgoing: Outgoing, context: MessageContext) {
    this.#context = context;
    const { element, body, files, quote } = this.#parts;
    this.#buttons = el('span', { class: 'failure-buttons' },
      button('Try again', 'link-button', () => context.again(outgoing)), button('Discard', 'link-button', () => context.discard(outgoing)));
    this.#state = el('p', { class: 'delivery' }, icon('clock'), this.#words, this.#buttons);
    body.replaceChildren(...richText(outgoing.text, context.names(), context.state.me.id));
    files.replaceChildren(...filesOf(outgoing.files ?? []));
    setHidden(files, !outgoing.files?.length);
    if (outgoing.replyTo) quote.replaceChildren(quoteOf(outgoing.replyTo, context));
    element.append(this.#state);
    this.element = element;
  }

  update(row: Row): void {
    if (row.type !== 'outgoing') return;
    const { outgoing, first } = row;
    const { me } = this.#context.state;
    this.#parts.show(me.name, outgoing.at, first);
    setHidden(this.#parts.tag, true);
    this.element.dataset['delivery'] = outgoing.status;
    setText(this.#words, deliveryWords(outgoing));
    setHidden(this.#buttons, outgoing.status !== 'failed');
    setHidden(this.#state, outgoing.status === 'sent');
  }
}

function deliveryWords({ status, error }: Outgoing): string {
  if (status === 'waiting') return 'Waiting to be sent';
  return status === 'failed' ? `Not sent: ${error ?? ''}` : 'Sending…';
}

function deletedWords(message: Message): string {
  return message.deletedBy !== undefined && message.deletedBy !== message.by ? 'Message deleted by a moderator.' : 'Message deleted.';
}

function quoteOf(quote: Quote, context: MessageContext): HTMLElement {
  const name = nameOf(context.state.people, quote.by);
  const words = plain(quote.text) || 'message deleted';
  const element = el('button', { type: 'button', class: 'quote', title: 'Go to the message' },
    avatar(name, 'avatar-tiny'), el('bdi', { class: 'quote-name' }, name), el('span', { class: 'quote-words', dir: 'auto' }, words));
  element.addEventListener('click', () => context.jumpTo(quote.id));
  return element;
}

function isOnlyEmoji(text: string): boolean {
  return text.length <= 24 && /^[\p{Extended_Pictographic}\p{Emoji_Modifier}\u200d\ufe0f ]+$/u.test(text) && charactersIn(text) <= 3;
}

function showTime(element: HTMLTimeElement, at: number): void {
  setText(element, timeOf(at));
  const iso = new Date(at).toISOString();
  if (element.dateTime === iso) return;
  element.dateTime = iso;
  setAttribute(element, 'title', fullTimeOf(at));
}
