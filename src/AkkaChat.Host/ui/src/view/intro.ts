// The beginning of a room, above its first message.

import type { RoomState } from '../state/rooms.js';
import type { State } from '../state/state.js';
import { dayOf } from '../words.js';
import { nameOf } from '../state/people.js';
import { el, setHidden, setText } from './dom.js';
import { RoomSign, titleOf } from './roomTitle.js';

export class Intro {
  readonly #sign = new RoomSign();
  readonly #title = el('h2');
  readonly #words = el('p');
  readonly element = el('div', { class: 'intro' }, el('div', { class: 'intro-mark' }, this.#sign.element), this.#title, this.#words);

  update(room: RoomState, state: State): void {
    const shown = room.error !== undefined || (room.log.loaded && !room.log.older);
    setHidden(this.element, !shown);
    if (!shown) return;
    this.#sign.update(room.info, state);
    setText(this.#title, titleOf(room.info));
    setText(this.#words, room.error ?? wordsOf(room, state));
  }
}

function wordsOf({ info }: RoomState, state: State): string {
  if (info.kind === 'direct') return `This is where you and ${titleOf(info)} write to each other. Nobody else can read it.`;
  const by = info.createdBy === state.me.id ? 'You' : nameOf(state.people, info.createdBy);
  const when = dayOf(info.createdAt);
  const made = `${by} created this ${info.kind} room ${when === 'Today' || when === 'Yesterday' ? when.toLowerCase() : `on ${when}`}.`;
  return info.topic ? `${made} ${info.topic}` : made;
}
