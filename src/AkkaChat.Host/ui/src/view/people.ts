// The right side: who is in the room.

import { sameKey } from '../protocol.js';
import { currentRoom, type State } from '../state.js';
import { avatar } from './avatar.js';
import { byId, el, KeyedList, setHidden, setText, type ItemView } from './dom.js';

interface Person { name: string; me: boolean }

export class People {
  readonly #title = byId('people-title', HTMLElement);
  readonly #list = new KeyedList(byId('people', HTMLElement), (person: Person) => person.name, personView);

  update(state: State): void {
    const room = currentRoom(state);
    const names = room?.members ?? [];
    setHidden(this.#title, room === undefined);
    // After a reconnect the list is the old one until the server has let this page in again; the first time there is none.
    const isLastSeen = room !== undefined && room.stage !== 'inside' && (room.stage === 'outside' || room.enteredAt !== undefined);
    setText(this.#title, `${isLastSeen ? 'Last seen here' : 'In this room'}: ${names.length}`);
    this.#list.show(names.map((name) => ({ name, me: sameKey(name) === sameKey(state.name) })));
  }
}

function personView({ name }: Person): ItemView<Person> {
  const you = el('span', { class: 'you' });
  return {
    element: el('li', { class: 'person' }, avatar(name, 'avatar-small'), el('bdi', { class: 'person-name' }, name), you),
    update: ({ me }) => setText(you, me ? 'you' : ''),
  };
}
