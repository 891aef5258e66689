// What can be done with a message, offered at its corner, by a menu, and on a phone in a sheet.

import type { Chat } from '../chat.js';
import { quickEmoji } from '../emoji.js';
import type { Message } from '../protocol.js';
import { hashOf } from '../route.js';
import { mayDeleteMessage, mayEdit } from '../state/access.js';
import { withReaction } from '../state/log.js';
import type { RoomState } from '../state/rooms.js';
import { plain } from '../markdown.js';
import { nameOf } from '../state/people.js';
import { confirm } from './dialog.js';
import { el, iconButton, setHidden } from './dom.js';
import { pickEmoji } from './emojiPicker.js';
import { closeMenu, openMenu, type MenuEntry } from './menu.js';
import { tell } from './toast.js';

export class MessageActions {
  readonly #chat: Chat;
  readonly #composerFocus: () => void;

  constructor(chat: Chat, composerFocus: () => void) {
    this.#chat = chat;
    this.#composerFocus = composerFocus;
  }

  /** Shown at once, and taken back if the server says no. */
  async react(room: RoomState, message: Message, emoji: string, on: boolean): Promise<void> {
    const { me } = this.#chat.state;
    const show = (isOn: boolean) => this.#chat.update(() => {
      const at = room.log.messages.findIndex(({ id }) => id === message.id);
      const here = room.log.messages[at];
      if (here) room.log.messages[at] = withReaction(here, emoji, me.id, isOn);
    });
    show(on);
    const reply = await this.#chat.act('react', { room: room.id, id: message.id, emoji, on });
    if (!reply.ok) show(!on);
  }

  reply(room: RoomState, message: Message): void {
    this.#chat.update(() => this.#chat.state.replies.set(room.id, { id: message.id, by: message.by, text: message.text.slice(0, 140) }));
    this.#composerFocus();
  }

  edit(room: RoomState, message: Message): void {
    this.#chat.update(() => { this.#chat.state.editing = { room: room.id, id: message.id }; });
  }

  /** The last message that the person wrote here, when they press arrow up. */
  editLast(room: RoomState): void {
    const { me } = this.#chat.state;
    const last = [...room.log.messages].reverse().find((message) => mayEdit(room.info, me, message));
    if (last) this.edit(room, last);
  }

  remove(room: RoomState, message: Message): void {
    const words = plain(message.text).slice(0, 120);
    const whose = message.by === this.#chat.state.me.id ? 'your message' : `the message of ${nameOf(this.#chat.state.people, message.by)}`;
    confirm('Delete message', `This deletes ${whose}${words === '' ? '' : ` “${words}”`} for everybody.`, 'Delete', async () => {
      const reply = await this.#chat.connection.ask('delete', { room: room.id, id: message.id });
      return reply.ok ? undefined : reply.error;
    });
  }

  async copy(text: string, done: string): Promise<void> {
    try {
      await navigator.clipboard.writeText(text);
      tell(done, 'good');
    } catch {
      tell('The browser did not allow copying.', 'bad');
    }
  }

  entries(room: RoomState, message: Message, anchor: HTMLElement): MenuEntry[] {
    const { me } = this.#chat.state;
    const link = new URL(hashOf({ page: 'room', room: room.id, message: message.id }), location.href).href;
    const canWrite = !room.info.archived && message.deletedAt === undefined;
    return [
      ...(canWrite ? [
        { label: 'Add reaction', icon: 'smile', act: () => pickEmoji(anchor, (sign) => void this.react(room, message, sign, true)) },
        { label: 'Reply', icon: 'reply', act: () => this.reply(room, message) }] : []),
      ...(mayEdit(room.info, me, message) ? [{ label: 'Edit message', icon: 'edit', act: () => this.edit(room, message) }] : []),
      ...(message.text === '' ? [] : [{ label: 'Copy text', icon: 'copy', act: () => void this.copy(message.text, 'Text copied.') }]),
      { label: 'Copy link', icon: 'link', act: () => void this.copy(link, 'Link copied.') },
      ...(mayDeleteMessage(room.info, me, message)
        ? ['line' as const, { label: 'Delete message', icon: 'trash', danger: true, act: () => this.remove(room, message) }] : []),
    ];
  }

  /** The sheet of a phone: the usual reactions first. */
  sheet(room: RoomState, message: Message, row: HTMLElement): void {
    const quick = el('div', { class: 'quick-emoji' }, ...quickEmoji.map(([sign, name]) => {
      const one = el('button', { type: 'button', class: 'emoji-button', 'aria-label': name }, sign);
      one.addEventListener('click', () => { closeMenu(); void this.react(room, message, sign, true); });
      return one;
    }));
    const canWrite = !room.info.archived && message.deletedAt === undefined;
    openMenu(row, 'Message actions', this.entries(room, message, row), canWrite ? quick : undefined);
  }
}

/** One tool bar for all: it goes to the message that is pointed at, or has the focus. */
export class MessageToolbar {
  readonly #element: HTMLElement;
  readonly #actions: MessageActions;
  readonly #edit: HTMLButtonElement;
  readonly #react: HTMLButtonElement;
  readonly #reply: HTMLButtonElement;
  readonly #chat: Chat;
  #target: { room: RoomState; id: number } | undefined;

  constructor(chat: Chat, actions: MessageActions, list: HTMLElement, room: () => RoomState | undefined) {
    this.#chat = chat;
    this.#actions = actions;
    this.#react = iconButton('smile', 'Add reaction', () => this.#with((here, message) =>
      pickEmoji(this.#react, (sign) => void actions.react(here, message, sign, true))));
    this.#reply = iconButton('reply', 'Reply', () => this.#with((here, message) => actions.reply(here, message)));
    this.#edit = iconButton('edit', 'Edit', () => this.#with((here, message) => actions.edit(here, message)));
    const more: HTMLButtonElement = iconButton('more', 'More actions', () => this.#with((here, message) =>
      openMenu(more, 'Message actions', actions.entries(here, message, more))));
    this.#element = el('div', { class: 'toolbar', role: 'toolbar', 'aria-live': 'off', 'aria-label': 'Message actions' }, this.#react, this.#reply, this.#edit, more);
    this.#follow(list, room);
  }

  #follow(list: HTMLElement, room: () => RoomState | undefined): void {
    const coarse = matchMedia('(pointer: coarse)');
    list.addEventListener('pointerover', (event) => { if (event.pointerType !== 'touch' && !coarse.matches) this.#moveTo(event.target, room()); });
    list.addEventListener('focusin', (event) => { if (!coarse.matches) this.#moveTo(event.target, room()); });
    list.addEventListener('pointerleave', () => {
      if (this.#element.contains(document.activeElement) || this.#element.querySelector('[aria-expanded=true]')) return;
      this.#element.remove();
    });
    list.addEventListener('click', (event) => { if (coarse.matches) this.#tapped(event, room()); });
    list.addEventListener('contextmenu', (event) => { if (coarse.matches) this.#tapped(event, room()); });
    list.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || !(event.target instanceof HTMLElement) || !event.target.matches('.message')) return;
      event.preventDefault();
      this.#open(event.target, room());
    });
  }

  #moveTo(target: EventTarget | null, room: RoomState | undefined): void {
    const row = rowOf(target);
    const message = messageOf(row, room);
    if (!row || !room || !message || this.#element.querySelector('[aria-expanded=true]')) return;
    this.#target = { room, id: message.id };
    const canWrite = !room.info.archived && message.deletedAt === undefined;
    setHidden(this.#react, !canWrite);
    setHidden(this.#reply, !canWrite);
    setHidden(this.#edit, !this.#actions.entries(room, message, row).some((entry) => typeof entry === 'object' && 'icon' in entry && entry.icon === 'edit'));
    if (this.#element.parentElement !== row) row.append(this.#element);
  }

  #with(act: (room: RoomState, message: Message) => void): void {
    const message = this.#target?.room.log.messages.find(({ id }) => id === this.#target?.id);
    if (this.#target && message) act(this.#target.room, message);
  }

  #tapped(event: Event, room: RoomState | undefined): void {
    const target = event.target as HTMLElement;
    if (target.closest('a, button, textarea, form, pre') || getSelection()?.isCollapsed === false || this.#chat.state.editing) return;
    event.preventDefault();
    this.#open(rowOf(target), room);
  }

  #open(row: HTMLElement | undefined, room: RoomState | undefined): void {
    const message = messageOf(row, room);
    if (row && room && message) this.#actions.sheet(room, message, row);
  }
}

function rowOf(target: EventTarget | null): HTMLElement | undefined {
  return (target as HTMLElement | null)?.closest<HTMLElement>('.message[data-id]') ?? undefined;
}

function messageOf(row: HTMLElement | undefined, room: RoomState | undefined): Message | undefined {
  const id = Number(row?.dataset['id']);
  return room?.log.messages.find((message) => message.id === id);
}
