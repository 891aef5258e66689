// What the page knows. No DOM and no network in this folder: all of it can be tested as it is.

import type { LinkStatus } from '../connection.js';
import type { Person, Site } from '../protocol.js';
import type { Route } from '../route.js';
import type { Outbox } from './outbox.js';
import { newPeople, type People } from './people.js';
import type { RoomState } from './rooms.js';

export type Panel = 'people' | 'search' | undefined;

export interface Reply { id: number; by: string; text: string }

export interface State {
  phase: 'starting' | 'login' | 'chat';
  site: Site | undefined;
  /** Why the page does not start yet, in words. */
  startNote: string;
  /** Why the person sees the log-in screen, in words. */
  loginNote: string;
  me: Person;
  link: LinkStatus;
  /** Whether the first welcome has come. */
  ready: boolean;
  away: boolean;
  rooms: Map<string, RoomState>;
  people: People;
  outbox: Outbox;
  route: Route;
  panel: Panel;
  /** By room: the message that the next one answers. */
  replies: Map<string, Reply>;
  /** The message whose text is being edited. */
  editing: { room: string; id: number } | undefined;
}

const nobody: Person = { id: '', name: '', role: 'member' };

export function newState(): State {
  return {
    phase: 'starting', site: undefined, startNote: '', loginNote: '', me: nobody, link: { kind: 'idle' }, ready: false, away: false,
    rooms: new Map(), people: newPeople(), outbox: [], route: { page: 'home' }, panel: undefined,
    replies: new Map(), editing: undefined,
  };
}

export function currentRoom(state: State): RoomState | undefined {
  return state.route.page === 'room' ? state.rooms.get(state.route.room) : undefined;
}
