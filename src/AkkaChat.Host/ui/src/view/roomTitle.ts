// What a room is called, and its sign: # for a public room, a lock for a private one, a picture for a direct one.

import type { MyRoom, Room } from '../protocol.js';
import type { State } from '../state/state.js';
import { avatar, showAvatar, showPresence } from './avatar.js';
import { el, icon } from './dom.js';

export function titleOf(room: Room | MyRoom): string {
  if (room.kind !== 'direct') return room.name;
  const other = 'other' in room ? room.other : undefined;
  return other ? other.removed ? 'Removed person' : other.name : 'Direct messages';
}

/** As it is said in a sentence: #lobby, or the name of the other. */
export function spokenTitle(room: Room | MyRoom): string {
  return room.kind === 'public' ? `#${titleOf(room)}` : titleOf(room);
}

/** An element that shows the sign of whichever room it is given. */
export class RoomSign {
  readonly element = el('span', { class: 'room-sign', 'aria-hidden': 'true' });
  readonly #avatar = avatar('', 'avatar-mini');
  #kind: string | undefined;

  update(room: Room | MyRoom, state: State): void {
    const kind = room.archived ? 'archived' : room.kind;
    if (kind !== this.#kind) {
      this.#kind = kind;
      this.element.replaceChildren(kind === 'direct' ? this.#avatar : kind === 'private' ? icon('lock') : kind === 'archived' ? icon('archive') : el('span', { class: 'hash' }, '#'));
    }
    if (room.kind !== 'direct') return;
    const other = 'other' in room ? room.other : undefined;
    showAvatar(this.#avatar, titleOf(room));
    showPresence(this.#avatar, other ? state.people.online.get(other.id) : undefined);
  }
}
