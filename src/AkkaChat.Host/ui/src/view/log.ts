// The log of the current room. Only a part of a long history is in the document: pages come and go at both ends, and
// what the person looks at stays where it is on the screen.

import type { Row } from '../state/rows.js';
import { rowsOf } from '../state/rows.js';
import type { RoomState } from '../state/rooms.js';
import { waitingIn } from '../state/outbox.js';
import { el, KeyedList, setAttribute, setHidden } from './dom.js';
import { rowView, type MessageContext } from './message.js';

/** This close to the end counts as being there. */
const nearEnd = 48;
/** This close to what is loaded, more is asked for. */
const nearEdge = 900;

const quietAfterPage = 1_000;

export interface LogEvents {
  moved(): void;
  older(): void;
  newer(): void;
}

interface Anchor { element: HTMLElement; top: number }

export class LogView {
  readonly element: HTMLElement;
  readonly #list = el('ol', { class: 'log' });
  readonly #log = el('div', { role: 'log', 'aria-live': 'off', 'aria-relevant': 'additions' }, this.#list);
  readonly #inner: HTMLElement;
  readonly #before = skeleton('Loading earlier messages');
  readonly #after = skeleton('Loading later messages');
  readonly #rows: KeyedList<Row>;
  readonly #context: MessageContext;
  readonly #events: LogEvents;
  #room: RoomState | undefined;
  #followEnd = true;
  #place = 0;
  #outgoing = 0;
  #needsPlace = false;
  #wasLoading = false;
  #speak: ReturnType<typeof setTimeout> | undefined;

  constructor(intro: HTMLElement, context: MessageContext, events: LogEvents) {
    this.#context = context;
    this.#events = events;
    this.#inner = el('div', { class: 'scroller-inner' }, intro, this.#before, this.#log, this.#after);
    this.element = el('div', { class: 'scroller' }, this.#inner);
    this.#rows = new KeyedList(this.#list, (row) => row.key, (row) => rowView(row, context));
    this.element.addEventListener('scroll', () => this.#scrolled(), { passive: true });
    this.#list.addEventListener('keydown', (event) => this.#moveFocus(event));
    const keep = new ResizeObserver(() => this.#keepEnd());
    keep.observe(this.element);
    keep.observe(this.#inner);
  }

  get list(): HTMLElement {
    return this.#list;
  }

  /** At the end of the room, not only of what is loaded. */
  get atEnd(): boolean {
    return this.#followEnd && this.#room?.log.newer === false && this.#room.log.loaded;
  }

  update(room: RoomState, title: string): void {
    if (room !== this.#room) this.#switchTo(room);
    setAttribute(this.#log, 'aria-label', `Messages in ${title}`);
    const { log } = room;
    if (log.loading !== undefined || this.#wasLoading) this.#hush();
    this.#wasLoading = log.loading !== undefined;
    const anchor = this.#followEnd && !log.newer ? undefined : this.#anchor();
    const outgoing = waitingIn(this.#context.state.outbox, room.id);
    const isEmpty = !log.loaded && room.error === undefined;
    setHidden(this.#before, !(isEmpty || (log.older && log.messages.length > 0)));
    setHidden(this.#after, !log.newer || !log.loaded);
    this.#rows.show(log.loaded || outgoing.length > 0 ? rowsOf(room, outgoing, this.#context.state.me.id) : []);
    this.#followOwn(outgoing.length);
    this.#setTabStop();
    this.#settle(room, anchor);
    this.#loadMore();
  }

  toEnd(): void {
    this.#followEnd = true;
    this.#keepEnd();
    this.#events.moved();
  }

  focusLast(): void {
    (this.#list.querySelector<HTMLElement>('.message[tabindex="0"]'))?.focus();
  }

  rowOf(id: number): HTMLElement | null {
    return this.#list.querySelector<HTMLElement>(`.message[data-id="${id}"]`);
  }

  #switchTo(room: RoomState): void {
    this.#room = room;
    this.#followEnd = true;
    this.#outgoing = 0;
    this.#needsPlace = true;
    this.#hush();
  }

  /** Pages of old messages are no news: only what comes afterwards is read out to who listens. */
  #hush(): void {
    setAttribute(this.#log, 'aria-live', 'off');
    clearTimeout(this.#speak);
    this.#speak = setTimeout(() => {
      if (this.#room?.log.loading === undefined) setAttribute(this.#log, 'aria-live', 'polite');
    }, quietAfterPage);
  }

  /** Puts the person where they should be, after the rows have changed. */
  #settle(room: RoomState, anchor: Anchor | undefined): void {
    if (room.target !== undefined && this.#jump(room.target)) {
      room.target = undefined;
      this.#needsPlace = false;
    } else if (this.#needsPlace && room.log.loaded && room.target === undefined) {
      this.#needsPlace = false;
      const line = this.#list.querySelector<HTMLElement>('.line-new');
      if (line) this.#scrollTo(line, 0.25);
      else this.#keepEnd();
    } else if (anchor?.element.isConnected) {
      this.element.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
    } else {
      this.#keepEnd();
    }
  }

  #jump(id: number): boolean {
    const row = this.rowOf(id);
    if (!row) return false;
    this.#scrollTo(row, 0.3);
    row.classList.remove('is-target');
    void row.offsetWidth;
    row.classList.add('is-target');
    row.focus({ preventScroll: true });
    setTimeout(() => row.classList.remove('is-target'), 2_500);
    return true;
  }

  #scrollTo(row: HTMLElement, part: number): void {
    const offset = row.getBoundingClientRect().top - this.element.getBoundingClientRect().top;
    this.element.scrollTop += offset - this.element.clientHeight * part;
    this.#noteFollow();
  }

  /** Whoever sends wants to see it. */
  #followOwn(outgoing: number): void {
    if (outgoing > this.#outgoing) this.#followEnd = true;
    this.#outgoing = outgoing;
  }

  #scrolled(): void {
    if (this.element.clientHeight === 0) return;
    this.#noteFollow();
    this.#loadMore();
    this.#events.moved();
  }

  #loadMore(): void {
    const log = this.#room?.log;
    if (!log?.loaded || log.loading !== undefined || log.error !== undefined || this.element.clientHeight === 0) return;
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    if (log.older && scrollTop < nearEdge) this.#events.older();
    else if (log.newer && scrollHeight - scrollTop - clientHeight < nearEdge) this.#events.newer();
  }

  #noteFollow(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.element;
    this.#place = scrollTop;
    this.#followEnd = scrollHeight - this.#place - clientHeight < nearEnd;
  }

  #keepEnd(): void {
    if (this.element.clientHeight === 0 || this.#needsPlace) return;
    if (!this.#followEnd || this.#room?.log.newer) return;
    if (this.element.scrollTop + this.element.clientHeight < this.element.scrollHeight) this.element.scrollTop = this.element.scrollHeight;
  }

  /** The first message on the screen, and where it is. */
  #anchor(): Anchor | undefined {
    const edge = this.element.getBoundingClientRect().top;
    for (const element of this.#list.children) {
      if (!(element instanceof HTMLElement) || !element.classList.contains('message')) continue;
      const { top, bottom } = element.getBoundingClientRect();
      if (bottom > edge + 8) return { element, top };
    }
    return undefined;
  }

  /** One message takes part in the tab order: the one last focused, or the newest. */
  #setTabStop(): void {
    const stops = this.#list.querySelectorAll<HTMLElement>('.message[tabindex="0"]');
    const focused = document.activeElement;
    const last = [...this.#list.querySelectorAll<HTMLElement>('.message')].at(-1);
    const keep = [...stops].find((stop) => stop === focused || stop.contains(focused)) ?? last;
    for (const stop of stops) if (stop !== keep) stop.tabIndex = -1;
    if (keep) keep.tabIndex = 0;
  }

  #moveFocus(event: KeyboardEvent): void {
    const row = event.target instanceof HTMLElement && event.target.matches('.message') ? event.target : undefined;
    if (!row || event.altKey || event.ctrlKey || event.metaKey) return;
    const all = [...this.#list.querySelectorAll<HTMLElement>('.message')];
    const at = all.indexOf(row);
    const next = event.key === 'ArrowUp' ? all[at - 1] : event.key === 'ArrowDown' ? all[at + 1]
      : event.key === 'Home' ? all[0] : event.key === 'End' ? all.at(-1) : undefined;
    if (!next) return;
    event.preventDefault();
    row.tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: 'nearest' });
  }
}

/** Grey lines where messages will be. */
export function skeleton(words: string): HTMLElement {
  const lines = [72, 45, 60].map((width) => el('div', { class: 'skeleton-row', 'data-width': String(width) }, el('span'), el('span')));
  return el('div', { class: 'skeleton', role: 'img', 'aria-label': words }, ...lines);
}
