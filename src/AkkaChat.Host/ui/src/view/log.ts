// The log of one room. It stays in the document while the person is in the room, so that looking elsewhere loses neither
// the place nor makes a screen reader read everything again.

import { rowsOf, type Row } from '../rows.js';
import type { Room } from '../state.js';
import { timeOf } from '../words.js';
import { el, KeyedList, setText } from './dom.js';
import { rowView, type MessageActions } from './message.js';

/** This close to the end counts as being there. */
const nearEnd = 48;

export class RoomLog {
  readonly element: HTMLElement;
  readonly #rows: KeyedList<Row>;
  readonly #title = el('h2');
  readonly #intro = el('p');
  readonly #moved: () => void;
  #followEnd = true;
  #place = 0;
  #ownCount = 0;

  constructor(room: Room, actions: MessageActions, moved: () => void) {
    this.#moved = moved;
    const list = el('ol', { class: 'log' });
    const log = el('div', { role: 'log', 'aria-live': 'polite', 'aria-label': `Messages in ${room.name}` }, list);
    const intro = el('div', { class: 'intro' }, el('span', { class: 'intro-mark', 'aria-hidden': 'true' }, '#'), this.#title, this.#intro);
    this.element = el('div', { class: 'scroller', tabindex: '0', role: 'region', 'aria-label': `Conversation in ${room.name}` },
      el('div', { class: 'scroller-inner' }, intro, log));
    this.#rows = new KeyedList(list, (row) => row.key, (row) => rowView(row, actions));
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    new ResizeObserver(() => this.#keepPlace()).observe(this.element);
  }

  get atEnd(): boolean {
    return this.#followEnd;
  }

  update(room: Room): void {
    setText(this.#title, room.name);
    setText(this.#intro, introOf(room));
    this.#rows.show(rowsOf(room));
    this.#followOwn(room);
    this.#keepPlace();
  }

  toEnd(): void {
    this.#followEnd = true;
    this.#keepPlace();
    this.#moved();
  }

  /** Whoever sends wants to see it. */
  #followOwn(room: Room): void {
    const sent = room.pending.filter((message) => message.delivery === 'sending').length;
    if (sent > this.#ownCount) this.#followEnd = true;
    this.#ownCount = sent;
  }

  #scrolled(): void {
    if (this.element.clientHeight === 0) return;
    this.#place = this.element.scrollTop;
    this.#followEnd = this.element.scrollHeight - this.#place - this.element.clientHeight < nearEnd;
    this.#moved();
  }

  /** A hidden element forgets its scroll position, and a keyboard that opens moves the end. */
  #keepPlace(): void {
    if (this.element.clientHeight === 0) return;
    const place = this.#followEnd ? this.element.scrollHeight : this.#place;
    if (this.element.scrollTop !== place) this.element.scrollTop = place;
  }
}

function introOf(room: Room): string {
  if (room.enteredAt === undefined) return room.error ?? 'Going in…';
  const since = `You came in at ${timeOf(room.enteredAt)}; what was said before is not kept.`;
  if (room.entries.length + room.pending.length > 0) return since;
  const others = room.members.length - 1;
  if (others <= 0) return `${since} You are the first one here.`;
  return `${since} ${others === 1 ? 'One other person is' : `${others} others are`} here: say hello.`;
}

