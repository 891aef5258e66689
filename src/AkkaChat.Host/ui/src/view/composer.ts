// Where messages are written: the text, its files, the message it answers, and who else is typing.

import type { Chat } from '../chat.js';
import type { Names } from '../markdown.js';
import { plain } from '../markdown.js';
import { limits, tidy } from '../protocol.js';
import { hinderedBy } from '../state/access.js';
import { nameOf } from '../state/people.js';
import type { RoomState } from '../state/rooms.js';
import { currentRoom, type State } from '../state/state.js';
import { drafts } from '../storage.js';
import { dateTimeOf, listOf } from '../words.js';
import { Attachments } from './attachments.js';
import { Completion, type Candidate } from './completion.js';
import { el, icon, iconButton, isComposing, setAttribute, setHidden, setText } from './dom.js';
import { pickEmoji } from './emojiPicker.js';
import type { MessageActions } from './messageActions.js';
import { spokenTitle } from './roomTitle.js';

/** So many characters before the limit, the hint counts. */
const countBelow = 400;
const plainHint = 'Enter sends · Shift + Enter starts a new line';
const touch = matchMedia('(pointer: coarse)');

export class Composer {
  readonly element: HTMLElement;
  readonly #chat: Chat;
  readonly #actions: MessageActions;
  readonly #input = el('textarea', { id: 'text', rows: '1', enterkeyhint: 'send', 'aria-describedby': 'composer-hint', dir: 'auto' });
  readonly #label = el('label', { class: 'unseen', for: 'text' }, 'Message');
  readonly #send = el('button', { type: 'submit', class: 'send', 'aria-label': 'Send', title: 'Send' }, icon('send'));
  readonly #attach = iconButton('attach', 'Attach files', () => this.#picker.click());
  readonly #emoji: HTMLButtonElement = iconButton('smile', 'Insert emoji', () => pickEmoji(this.#emoji, (sign) => this.#insert(sign)));
  readonly #picker = el('input', { type: 'file', multiple: '', hidden: '', 'aria-label': 'Files to attach', tabindex: '-1' });
  readonly #hint = el('p', { class: 'composer-hint', id: 'composer-hint' });
  readonly #typing = el('p', { class: 'typing', role: 'status', 'aria-label': 'Typing' });
  readonly #replyWords = el('span', { class: 'reply-words' });
  readonly #reply: HTMLElement;
  readonly #blocked = el('p', { class: 'composer-blocked' });
  readonly #attachments: Attachments;
  readonly #completion: Completion;
  readonly #box: HTMLElement;
  #room: RoomState | undefined;

  constructor(chat: Chat, room: () => RoomState | undefined, names: () => Names, actions: MessageActions) {
    this.#chat = chat;
    this.#actions = actions;
    this.#attachments = new Attachments(() => chat.state.site?.limits?.uploadBytes ?? limits.uploadBytes, () => this.#showState());
    this.#completion = new Completion(this.#input, () => this.#candidates(room(), names()));
    this.#reply = el('div', { class: 'reply-bar', hidden: '' }, icon('reply'), this.#replyWords, iconButton('close', 'Cancel reply', () => this.#cancelReply()));
    const row = el('div', { class: 'composer-row' }, this.#attach, this.#input, this.#emoji, this.#send);
    this.#box = el('div', { class: 'composer-box' }, this.#reply, this.#attachments.element, row);
    this.element = el('form', { class: 'composer', 'aria-label': 'Write a message' }, this.#label, this.#completion.element, this.#box, this.#blocked, this.#picker,
      el('div', { class: 'composer-foot' }, this.#typing, this.#hint));
    this.#listen();
  }

  focus(): void {
    if (!this.#box.hidden) this.#input.focus();
  }

  update(state: State): void {
    const room = currentRoom(state);
    setHidden(this.element, room === undefined);
    if (room !== this.#room) this.#switchTo(room);
    if (!room) return;
    const title = spokenTitle(room.info);
    setText(this.#label, `Message to ${title}`);
    setAttribute(this.#input, 'placeholder', `Message ${title}`);
    setHidden(this.#attach, state.me.guest === true);
    this.#showReply(room, state);
    this.#showTyping(room, state);
    this.#showState();
  }

  #listen(): void {
    const form = this.element as HTMLFormElement;
    form.addEventListener('submit', (event) => { event.preventDefault(); this.#submit(); });
    this.#input.addEventListener('input', () => this.#typed());
    this.#input.addEventListener('keydown', (event) => this.#key(event));
    this.#picker.addEventListener('change', () => {
      this.#attachments.add(this.#picker.files ?? []);
      this.#picker.value = '';
      this.focus();
    });
    this.#input.addEventListener('paste', (event) => {
      const files = event.clipboardData?.files;
      if (!files?.length || this.#attach.hidden) return;
      event.preventDefault();
      this.#attachments.add(files);
    });
    listenForDrops((files) => {
      if (this.#room && !this.element.hidden && !this.#box.hidden && !this.#attach.hidden) this.#attachments.add(files);
    });
  }

  #key(event: KeyboardEvent): void {
    // While an input method composes, Enter chooses a word, and Escape and the arrows are for its list.
    if (isComposing(event) || this.#completion.key(event)) return;
    if (event.key === 'Escape' && !this.#reply.hidden) return this.#cancelReply();
    if (event.key === 'ArrowUp' && this.#input.value === '' && !event.altKey && this.#room) {
      event.preventDefault();
      return this.#actions.editLast(this.#room);
    }
    if (event.key !== 'Enter' || event.shiftKey || touch.matches) return;
    event.preventDefault();
    this.#submit();
  }

  #switchTo(room: RoomState | undefined): void {
    this.#room = room;
    this.#attachments.clear();
    this.#completion.close();
    this.#input.value = room ? drafts.load(this.#chat.state.me.id, room.id) : '';
    this.#grow();
  }

  #typed(): void {
    if (!this.#room) return;
    drafts.save(this.#chat.state.me.id, this.#room.id, this.#input.value);
    if (this.#input.value.trim() !== '') this.#chat.reading.typing(this.#room);
    this.#grow();
    this.#completion.update();
    this.#showState();
  }

  #submit(): void {
    const room = this.#room;
    const text = tidy(this.#input.value);
    const files = this.#attachments.ready;
    if (!room || this.#attachments.busy || text.length > limits.text || (text === '' && files.length === 0)) return this.focus();
    this.#chat.say(room, text, files);
    this.#chat.reading.sent(room);
    this.#input.value = '';
    drafts.save(this.#chat.state.me.id, room.id, '');
    this.#attachments.clear();
    this.#grow();
    this.#completion.close();
    this.focus();
  }

  #insert(sign: string): void {
    this.#input.setRangeText(sign, this.#input.selectionStart, this.#input.selectionEnd, 'end');
    this.#typed();
    this.focus();
  }

  #cancelReply(): void {
    const room = this.#room;
    if (room) this.#chat.update(() => this.#chat.state.replies.delete(room.id));
    this.focus();
  }

  #showReply(room: RoomState, state: State): void {
    const reply = state.replies.get(room.id);
    setHidden(this.#reply, reply === undefined);
    setText(this.#replyWords, reply ? `Reply to ${nameOf(state.people, reply.by)}: ${plain(reply.text) || 'a file'}` : '');
  }

  #showTyping(room: RoomState, state: State): void {
    const names = [...room.typing.keys()].map((id) => nameOf(state.people, id));
    setText(this.#typing, names.length === 0 ? '' : names.length > 3 ? 'Several people are typing…' : `${listOf(names)} ${names.length === 1 ? 'is' : 'are'} typing…`);
  }

  #showState(): void {
    const room = this.#room;
    if (!room) return;
    const hindered = hinderedBy(room.info, Date.now());
    setHidden(this.#box, hindered !== undefined);
    setHidden(this.#blocked, hindered === undefined);
    setText(this.#blocked, hindered === 'archived' ? 'This room is archived: it can be read, but not written to.'
      : hindered === 'muted' ? `You are muted here until ${dateTimeOf(room.info.mutedUntil ?? 0)}.` : '');
    const words = this.#hintWords(room);
    setText(this.#hint, hindered ? '' : words || plainHint);
    this.#hint.classList.toggle('is-plain', words === '');
    const empty = this.#input.value.trim() === '' && this.#attachments.ready.length === 0;
    const tooLong = this.#input.value.length > limits.text;
    setAttribute(this.#send, 'aria-disabled', empty || tooLong || this.#attachments.busy ? 'true' : undefined);
  }

  #hintWords(room: RoomState): string {
    const left = limits.text - this.#input.value.length;
    if (left < 0) return `${-left} characters too many`;
    if (this.#attachments.busy) return 'Uploading…';
    if (left < countBelow) return `${left} characters left`;
    const { link } = this.#chat.state;
    const isLost = link.kind === 'reconnecting' || (link.kind === 'connecting' && link.failures > 0);
    if (isLost) return 'Not connected: what you write is sent when you are back.';
    return room.error === undefined ? '' : `This room does not answer: ${room.error}`;
  }

  #candidates(room: RoomState | undefined, names: Names): Candidate[] {
    const { people, me } = this.#chat.state;
    if (!room) return [];
    return [...names.values()].filter((id) => id !== me.id).flatMap((id) => {
      const person = people.known.get(id);
      return person ? [{ person, presence: people.online.get(id) }] : [];
    });
  }

  /** As high as the text, up to what the style sheet allows. */
  #grow(): void {
    this.#input.style.height = 'auto';
    this.#input.style.height = `${this.#input.scrollHeight}px`;
  }
}

/** Anywhere on the page; a file that is dropped beside would replace the page. */
function listenForDrops(taken: (files: FileList) => void): void {
  const cover = el('div', { class: 'drop-cover', hidden: '' }, el('p', {}, 'Drop files to attach them'));
  document.body.append(cover);
  const hasFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  addEventListener('dragover', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setHidden(cover, false);
  });
  addEventListener('dragleave', (event) => { if (event.relatedTarget === null) setHidden(cover, true); });
  addEventListener('drop', (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    setHidden(cover, true);
    if (event.dataTransfer) taken(event.dataTransfer.files);
  });
}
