// What a person can do, and what the server tells: ties the connection to the state, and says when to draw.

import { Connection, type LinkStatus } from './connection.js';
import { Delivery } from './delivery.js';
import { wordsOf, http } from './http.js';
import { Notifier } from './notifier.js';
import { placed } from './placed.js';
import type { Change, FileRef, MyRoom, Position, Reply, Requests, Site, Welcome } from './protocol.js';
import { Reading } from './reading.js';
import { hashOf, parseRoute, type Route } from './route.js';
import * as logRules from './state/log.js';
import * as outboxRules from './state/outbox.js';
import * as peopleRules from './state/people.js';
import * as roomRules from './state/rooms.js';
import type { RoomState } from './state/rooms.js';
import { currentRoom, newState, type Panel, type State } from './state/state.js';
import * as storage from './storage.js';
import { Sync } from './sync.js';
import { tell } from './view/toast.js';

const narrow = matchMedia('(max-width: 719px)');
/** Wide enough for the panel to stand beside the talk (styles/layout.css). */
const wide = matchMedia('(min-width: 1100px)');

export interface Page {
  /** Something changed: draw soon. */
  draw(): void;
  /** Whether the person is at the end of the current room. */
  atEnd(): boolean;
  /** And whether they can see it now. */
  seesEnd(): boolean;
}

export class Chat {
  readonly state: State = newState();
  readonly connection: Connection;
  readonly sync: Sync;
  readonly delivery: Delivery;
  readonly reading: Reading;
  readonly notifier: Notifier;
  readonly #page: Page;
  /** Rooms of the directory changed; the open directory wants to know. */
  directoryChanged: (() => void) | undefined;

  constructor(page: Page) {
    this.#page = page;
    this.connection = new Connection((status) => this.#linkChanged(status), {
      welcome: (welcome) => this.#welcome(welcome),
      change: (room, change, position) => this.#change(room, placed(room, change, position), position),
      room_added: (room) => this.update(() => this.#added(room)),
      room_removed: ({ room, reason }) => this.update(() => this.#removed(room, reason)),
      room_listed: () => this.directoryChanged?.(),
      room_unlisted: () => this.directoryChanged?.(),
      read: (mark) => this.#inRoom(mark.room, (room) => roomRules.readElsewhere(room, mark)),
      people: (people) => this.update(() => this.#learn(people)),
      presence_state: (_, present) => this.update(() => peopleRules.presenceKnown(this.state.people, present)),
      presence_diff: (_, { joins, leaves }) => this.update(() => peopleRules.presenceChanged(this.state.people, joins, leaves)),
      typing: ({ room, person }) => this.#inRoom(room, (here) => {
        if (person !== this.state.me.id) roomRules.typingStarted(here, person, Date.now());
      }),
      signed_out: ({ reason }) => this.#signedOut(reason),
      muted: (event) => this.update(() => this.#muted(event)),
      member_muted: ({ room, person, until }) => this.#inRoom(room, (here) => roomRules.memberMuted(here, person, until)),
    });
    this.sync = new Sync(this);
    this.delivery = new Delivery(this);
    this.reading = new Reading(this);
    this.notifier = new Notifier(this);
  }

  // Coming and going

  async start(): Promise<void> {
    this.go(parseRoute(location.hash));
    this.state.site = await this.#askSite();
    if (this.state.site.me) this.signedIn(this.state.site.me);
    else this.update(() => this.showLogin(''));
  }

  /** Until there is an answer. */
  async #askSite(): Promise<Site> {
    for (;;) {
      try {
        return await http.site();
      } catch {
        this.update(() => { this.state.startNote = 'The server can’t be reached. Still trying…'; });
        await new Promise((resolve) => setTimeout(resolve, 2_000));
      }
    }
  }

  signedIn(me: State['me']): void {
    this.update(() => {
      const { route, site } = this.state;
      Object.assign(this.state, newState(), { route, site, me, phase: 'chat' });
      this.state.panel = wide.matches && storage.peopleShown.load() ? 'people' : undefined;
      peopleRules.learn(this.state.people, [me]);
      this.state.outbox = storage.outbox.load(me.id);
    });
    this.connection.open();
  }

  showLogin(note: string): void {
    this.connection.close();
    const { route, site } = this.state;
    Object.assign(this.state, newState(), { route, site, phase: 'login', loginNote: note });
  }

  async logout(everywhere: boolean): Promise<void> {
    try {
      await (everywhere ? http.logoutEverywhere() : http.logout());
      this.update(() => this.showLogin('You are logged out.'));
    } catch (error) {
      tell(wordsOf(error), 'bad');
    }
  }

  // Where the person is

  /** Through the address, so that "back" works. */
  open(route: Route): void {
    const hash = hashOf(route);
    if (location.hash === hash) this.go(route);
    else location.hash = hash;
  }

  go(route: Route): void {
    this.update(() => {
      const before = currentRoom(this.state);
      this.state.route = route;
      if (route.page === 'home' && this.state.ready) this.#openSomeRoom();
      const room = currentRoom(this.state);
      if (before !== room) this.#left(before);
      if (before !== room && !wide.matches) this.state.panel = undefined;
      if (room) this.#arrived(room, before !== room);
    });
  }

  showPanel(panel: Panel): void {
    if (wide.matches && (panel === 'people' || this.state.panel === 'people')) storage.peopleShown.save(panel === 'people');
    this.update(() => { this.state.panel = panel; });
  }

  // In a room

  say(room: RoomState, text: string, files: FileRef[]): void {
    const reply = this.state.replies.get(room.id);
    this.state.replies.delete(room.id);
    room.newAfter = undefined;
    this.delivery.put({
      key: storage.randomKey(), room: room.id, text, at: Date.now(),
      ...(reply ? { replyTo: reply } : {}), ...(files.length > 0 ? { files } : {}),
    });
    if (!room.log.newer) return;
    if (room.entered) void this.sync.toLatest(room);
    else tell('Your message is sent when you are back.');
  }

  /** Asks; what the server refuses is told in words. */
  async act<K extends keyof Requests>(event: K, request: Requests[K][0]): Promise<Reply<Requests[K][1]>> {
    const reply = await this.connection.ask(event, request);
    if (!reply.ok) tell(reply.error, 'bad');
    return reply;
  }

  /** A room that was made, joined or found: known from now on, and opened. */
  enterNew(info: MyRoom): void {
    this.update(() => this.#added(info));
    this.open({ page: 'room', room: info.id });
  }

  update(change: () => void): void {
    change();
    this.#page.draw();
  }

  seesEnd(): boolean {
    return this.#page.seesEnd();
  }

  #inRoom(id: string, change: (room: RoomState) => void): void {
    const room = this.state.rooms.get(id);
    if (room) this.update(() => change(room));
  }

  #linkChanged(status: LinkStatus): void {
    this.update(() => {
      this.state.link = status;
      if (status.kind === 'online') return;
      roomRules.linkLost(this.state.rooms);
      outboxRules.linkLost(this.state.outbox);
      if (status.kind === 'refused') this.showLogin(status.code === 'not_signed_in' ? '' : status.message);
    });
  }

  #welcome({ me, rooms, people }: Welcome): void {
    this.update(() => {
      const { state } = this;
      state.me = me;
      state.ready = true;
      peopleRules.learn(state.people, [...people, me, ...rooms.flatMap(({ other }) => other ?? [])]);
      roomRules.welcomed(state.rooms, rooms);
      if (state.route.page === 'home') this.#openSomeRoom();
      const room = currentRoom(state);
      if (room && room.newAfter === undefined && !room.log.loaded) this.#arrived(room, true);
    });
    this.delivery.dropLost();
    void this.sync.enterAll();
    this.reading.connected();
  }

  /** A narrow screen shows the list of rooms instead. */
  #openSomeRoom(): void {
    if (narrow.matches) return;
    const { rooms, direct } = roomRules.sections(this.state.rooms.values());
    const last = this.state.rooms.get(storage.lastRoom.load(this.state.me.id) ?? '');
    const room = last ?? rooms[0] ?? direct[0];
    if (!room) return;
    this.state.route = { page: 'room', room: room.id };
    history.replaceState(null, '', hashOf(this.state.route));
  }

  #arrived(room: RoomState, isNew: boolean): void {
    storage.lastRoom.save(this.state.me.id, room.id);
    if (isNew) roomRules.drawNewLine(room);
    const message = this.state.route.page === 'room' ? this.state.route.message : undefined;
    if (message !== undefined) void this.sync.goTo(room, message);
    else if (!room.log.loaded || (isNew && room.log.newer)) void this.sync.arrive(room);
  }

  #left(room: RoomState | undefined): void {
    this.state.editing = undefined;
    if (room) room.newAfter = undefined;
  }

  #change(id: string, change: Change, position: Position): void {
    const room = this.state.rooms.get(id);
    if (!room) return;
    this.update(() => {
      if (change.kind === 'member') this.#learn([change.person]);
      const looking = room === currentRoom(this.state) && this.#page.seesEnd();
      const told = roomRules.applyChange(room, change, position, { me: this.state.me.id, looking });
      logRules.trim(room.log, room !== currentRoom(this.state) || this.#page.atEnd());
      this.delivery.settle(room);
      if (told) this.notifier.tell(room, told, looking);
    });
    this.sync.askForNames(room);
  }

  #learn(people: State['me'][]): void {
    peopleRules.learn(this.state.people, people);
    const me = people.find(({ id }) => id === this.state.me.id);
    if (me) this.state.me = me;
    for (const room of this.state.rooms.values()) {
      const other = people.find(({ id }) => id === room.info.other?.id);
      if (other) room.info = { ...room.info, other };
    }
  }

  #added(info: MyRoom): void {
    const known = this.state.rooms.get(info.id);
    if (known) return roomRules.updateInfo(known, info);
    const room = roomRules.newRoom(info);
    this.state.rooms.set(info.id, room);
    if (info.other) this.#learn([info.other]);
    void this.sync.enter(room);
  }

  #removed(id: string, reason: 'left' | 'removed' | 'deleted'): void {
    const room = this.state.rooms.get(id);
    if (!room) return;
    const isCurrent = currentRoom(this.state) === room;
    this.state.rooms.delete(id);
    if (reason === 'deleted') tell(`The room ${room.info.name} was deleted.`, 'plain');
    if (reason === 'removed') tell(`You were removed from ${room.info.name}.`, 'bad');
    if (!isCurrent) return;
    history.replaceState(null, '', hashOf({ page: 'home' }));
    this.go({ page: 'home' });
  }

  #muted({ room: id, until }: { room?: string; until: number | null }): void {
    for (const room of this.state.rooms.values()) {
      if (id === undefined || room.id === id) room.info = { ...room.info, mutedUntil: until };
    }
  }

  #signedOut(reason: string): void {
    const notes: Record<string, string> = {
      logout: 'You are logged out.', banned: 'An administrator has banned this account.',
      removed: 'This account was removed.', password: 'The password was changed. Please log in again.',
    };
    this.update(() => this.showLogin(notes[reason] ?? ''));
  }
}
