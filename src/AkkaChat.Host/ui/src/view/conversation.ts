// The middle: the room's header, its log, who types, and where messages are written.

import type { Chat } from '../chat.js';
import type { Names } from '../markdown.js';
import { tidy, type Message } from '../protocol.js';
import type { RoomState } from '../state/rooms.js';
import { currentRoom, type State } from '../state/state.js';
import { countOf } from '../words.js';
import { Banner } from './banner.js';
import { Composer } from './composer.js';
import { openBrowse } from './dialogs/browse.js';
import { button, el, setHidden, setText } from './dom.js';
import { editorOf } from './editor.js';
import { Header } from './header.js';
import { Intro } from './intro.js';
import { LogView, skeleton } from './log.js';
import { MessageActions, MessageToolbar } from './messageActions.js';
import { openPersonMenu } from './personMenu.js';
import { spokenTitle } from './roomTitle.js';

export class Conversation {
  readonly element: HTMLElement;
  readonly composer: Composer;
  readonly #chat: Chat;
  readonly #header: Header;
  readonly #banner: Banner;
  readonly #intro = new Intro();
  readonly #log: LogView;
  readonly #actions: MessageActions;
  readonly #nothingTitle = el('h2');
  readonly #nothingWords = el('p');
  readonly #nothing: HTMLElement;
  readonly #starting = el('div', { class: 'starting' }, skeleton('Loading'));
  readonly #failed = el('span');
  readonly #failure = el('div', { class: 'load-failure', role: 'alert' }, this.#failed);
  readonly #latestWords = el('span');
  readonly #toLatest: HTMLButtonElement;
  #names: { key: string; names: Names } = { key: '', names: new Map() };

  constructor(chat: Chat) {
    this.#chat = chat;
    this.#header = new Header(chat);
    this.#nothing = el('div', { class: 'nothing' }, this.#nothingTitle, this.#nothingWords, el('div', { class: 'nothing-ways' },
      el('a', { class: 'button only-narrow', href: '#/' }, 'My rooms'), button('Find a room', 'button button-primary', () => openBrowse(chat))));
    this.#banner = new Banner(chat);
    this.#actions = new MessageActions(chat, () => this.composer.focus());
    this.composer = new Composer(chat, () => this.#room, () => this.#names.names, this.#actions);
    this.#log = new LogView(this.#intro.element, this.#context(), {
      moved: () => { chat.reading.looked(); this.#offerLatest(); },
      older: () => { if (this.#room) void chat.sync.older(this.#room); },
      newer: () => { if (this.#room) void chat.sync.newer(this.#room); },
    });
    new MessageToolbar(chat, this.#actions, this.#log.list, () => this.#room);
    this.#toLatest = button('', 'to-latest', () => this.#goToLatest());
    this.#toLatest.append(this.#latestWords);
    this.#failure.append(button('Try again', 'link-button', () => { if (this.#room) void chat.sync.again(this.#room); }));
    this.element = el('main', { class: 'talk', 'aria-labelledby': 'room-title' }, this.#header.element,
      el('div', { class: 'talk-body' }, this.#banner.element, this.#log.element, this.#starting, this.#nothing, this.#failure, this.#toLatest),
      this.composer.element);
  }

  get atEnd(): boolean {
    return this.#log.atEnd;
  }

  focusTitle(): void {
    this.#header.title.focus({ preventScroll: true });
  }

  focusLog(): void {
    this.#log.focusLast();
  }

  update(state: State): void {
    const room = currentRoom(state);
    setHidden(this.element, state.route.page === 'admin');
    this.#header.update(state);
    this.#banner.update(state);
    this.#showNothing(state, room);
    setHidden(this.#log.element, room === undefined);
    this.composer.update(state);
    setHidden(this.#failure, room?.log.error === undefined);
    setText(this.#failed, room?.log.error ?? '');
    if (room) {
      this.#learnNames(room, state);
      this.#intro.update(room, state);
      this.#log.update(room, spokenTitle(room.info));
    }
    this.#offerLatest();
    this.#chat.reading.looked();
  }

  #showNothing(state: State, room: RoomState | undefined): void {
    setHidden(this.#starting, room !== undefined || state.ready);
    setHidden(this.#nothing, room !== undefined || !state.ready);
    const isSought = state.route.page === 'room';
    setText(this.#nothingTitle, isSought ? 'You are not in this room' : 'Pick a room');
    setText(this.#nothingWords, isSought ? 'It may be private, or it is gone. If it is public, you can find it and join.'
      : 'Choose one on the left, browse the rooms, or write to somebody.');
  }

  get #room(): RoomState | undefined {
    return currentRoom(this.#chat.state);
  }

  #context() {
    const chat = this.#chat;
    return {
      state: chat.state,
      names: () => this.#names.names,
      jumpTo: (id: number) => { if (this.#room) void chat.sync.goTo(this.#room, id); },
      react: (message: Message, emoji: string, on: boolean) => { if (this.#room) void this.#actions.react(this.#room, message, emoji, on); },
      again: chat.delivery.again.bind(chat.delivery),
      discard: ({ key }: { key: string }) => chat.delivery.discard(key),
      personMenu: (anchor: HTMLElement, person: string) => { if (this.#room) openPersonMenu(chat, this.#room, person, anchor); },
      editor: (message: Message) => editorOf(message, {
        save: (text) => this.#saveEdit(message, tidy(text)),
        cancel: () => this.#endEdit(),
      }),
    };
  }

  async #saveEdit(message: Message, text: string): Promise<string | undefined> {
    const reply = await this.#chat.connection.ask('edit', { room: message.room, id: message.id, text });
    if (!reply.ok) return reply.error;
    this.#endEdit();
    return undefined;
  }

  #endEdit(): void {
    this.#chat.update(() => { this.#chat.state.editing = undefined; });
    this.composer.focus();
  }

  /** Whom an @ can mean: the members of the room. */
  #learnNames(room: RoomState, state: State): void {
    const key = `${room.id} ${room.members.size} ${state.people.known.size}`;
    if (key === this.#names.key) return;
    const names = new Map<string, string>();
    for (const id of room.members.keys()) {
      const person = state.people.known.get(id);
      if (person) names.set(person.name.toLowerCase(), id);
    }
    this.#names = { key, names };
  }

  #goToLatest(): void {
    const room = this.#room;
    if (!room) return;
    if (room.log.newer) void this.#chat.sync.toLatest(room).then(() => requestAnimationFrame(() => this.#log.toEnd()));
    else this.#log.toEnd();
  }

  /** Someone who reads further up is not dragged to the end, but told that there is more. */
  #offerLatest(): void {
    const room = this.#room;
    const unread = room?.info.unread ?? 0;
    setHidden(this.#toLatest, !room?.log.loaded || this.#log.atEnd);
    setText(this.#latestWords, unread > 0 ? `${countOf(unread, 'new message')} ↓` : 'Jump to latest ↓');
  }
}
