import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowsOf } from '../src/rows.js';
import * as rules from '../src/state.js';
import { type Message, type Room } from '../src/state.js';

const me = 'Ana';
const now = Date.UTC(2025, 5, 1, 12);

function insideRoom(): { state: rules.State; room: Room } {
  const state = rules.newState();
  const room = rules.addRoom(state, 'lobby');
  rules.entering(room);
  rules.entered(room, { ok: true, room: 'lobby', members: [{ name: me }], version: 1 }, now);
  return { state, room };
}

function wire(id: string, name: string, text: string, at = now) {
  return { id, room: 'lobby', name, text, at };
}

function texts(room: Room): string[] {
  return [...room.entries, ...room.pending].map((entry) => entry.kind === 'message' ? entry.text : entry.what);
}

test('an own message stands once, in the place the room gave it, whichever of echo and ack comes first', () => {
  for (const echoFirst of [true, false]) {
    const { room } = insideRoom();
    rules.sending(room, { key: 'k1', text: 'hello', name: me }, now);
    const echo = () => rules.arrived(room, wire('m1', me, 'hello'), me, true);
    const ack = () => rules.sendConfirmed(room, 'k1', 'm1', now);
    if (echoFirst) { echo(); ack(); } else { ack(); }
    assert.deepEqual(texts(room), ['hello']);
    assert.equal((room.entries[0] as Message).delivery, 'sent');
    assert.equal(room.entries[0]?.key, 'k1');
  }
});

test('two equal texts are two messages', () => {
  const { room } = insideRoom();
  for (const key of ['k1', 'k2']) rules.sending(room, { key, text: 'ok', name: me }, now);
  for (const id of ['m1', 'm2']) rules.arrived(room, wire(id, me, 'ok'), me, true);
  rules.sendConfirmed(room, 'k2', 'm2', now);
  rules.sendConfirmed(room, 'k1', 'm1', now);
  assert.deepEqual(texts(room), ['ok', 'ok']);
});

test('what others say meanwhile stands above a message that is not yet in the room', () => {
  const { room } = insideRoom();
  rules.sending(room, { key: 'k1', text: 'mine', name: me }, now);
  rules.arrived(room, wire('m1', 'Ben', 'his'), me, true);
  assert.deepEqual(texts(room), ['his', 'mine']);
});

test('a message whose ack did not come stays, failed, and can be sent again or discarded', () => {
  const { room } = insideRoom();
  const message = rules.sending(room, { key: 'k1', text: 'mine', name: me }, now);
  rules.sendFailed(room, 'k1', 'The server did not answer.');
  assert.equal(message.delivery, 'failed');
  rules.sendAgain(message);
  assert.equal(message.delivery, 'sending');
  assert.equal(message.error, undefined);
  rules.discard(room, 'k1');
  assert.deepEqual(texts(room), []);
});

test('unread counts only what nobody looked at, and the line stands above the first of it', () => {
  const { state, room } = insideRoom();
  rules.arrived(room, wire('m1', 'Ben', 'seen'), me, true);
  rules.arrived(room, wire('m2', 'Ben', 'missed'), me, false);
  rules.arrived(room, wire('m3', 'Ben', 'missed too'), me, false);
  assert.equal(rules.totalUnread(state), 2);
  rules.read(room);
  assert.equal(rules.totalUnread(state), 0);
  assert.deepEqual(rowsOf(room).map((row) => row.key), ['m1', 'new', 'm2', 'm3']);
});

test('of two lists of members the newer counts, in whatever order they come', () => {
  const { room } = insideRoom();
  const both = [{ name: 'Ben' }, { name: me }];
  rules.membershipChanged(room, 'came', { room: 'lobby', name: 'Ben', members: both, version: 3 }, me, now);
  rules.membershipChanged(room, 'left', { room: 'lobby', name: 'Chi', members: [{ name: me }], version: 2 }, me, now);
  assert.deepEqual(room.members, ['Ana', 'Ben']);
});

test('a server that started again counts its lists from the beginning', () => {
  const { state, room } = insideRoom();
  rules.membershipChanged(room, 'came', { room: 'lobby', name: 'Ben', members: [{ name: 'Ben' }], version: 900 }, me, now);
  rules.linkLost(state);
  rules.entering(room);
  rules.entered(room, { ok: true, room: 'lobby', members: [{ name: me }], version: 1 }, now);
  assert.deepEqual(room.members, ['Ana']);
});

test('a message that comes twice stands once', () => {
  const { room } = insideRoom();
  for (const _ of [1, 2]) rules.arrived(room, wire('m1', 'Ben', 'hello'), me, false);
  assert.deepEqual(texts(room), ['hello']);
  assert.equal(room.unread, 1);
});

test('who comes is told, but not to oneself, and people who come together share a line', () => {
  const { room } = insideRoom();
  const came = (name: string, at: number) =>
    rules.membershipChanged(room, 'came', { room: 'lobby', name, members: [{ name }], version: at }, me, at);
  came('ana', now);
  came('Ben', now);
  came('Chi', now + 1_000);
  came('Dag', now + 120_000);
  const notices = room.entries.map((entry) => entry.kind === 'notice' ? entry.names.join() : '');
  assert.deepEqual(notices, ['Ben,Chi', 'Dag']);
});

test('entering again after a lost connection says that something may be missing', () => {
  const { state, room } = insideRoom();
  rules.linkLost(state);
  assert.equal(room.stage, 'outside');
  rules.entering(room);
  rules.entered(room, { ok: true, room: 'lobby', members: [], version: 1 }, now + 5_000);
  assert.deepEqual(texts(room), ['missed']);
});

test('rooms that differ in case only are one, and the server decides the spelling', () => {
  const { state, room } = insideRoom();
  assert.equal(rules.addRoom(state, ' LOBBY '), room);
  rules.entered(room, { ok: true, room: 'Lobby', members: [], version: 1 }, now);
  assert.equal(room.name, 'Lobby');
  assert.equal(state.rooms.size, 1);
});

test('leaving the room in view shows its neighbour', () => {
  const state = rules.newState();
  const [a, b] = ['a', 'b'].map((name) => rules.addRoom(state, name)) as [Room, Room];
  state.current = b.key;
  rules.removeRoom(state, b);
  assert.equal(state.current, a.key);
  rules.removeRoom(state, a);
  assert.equal(state.current, undefined);
});

test('a room keeps a bounded number of entries', () => {
  const { room } = insideRoom();
  for (let i = 0; i < 1_200; i++) rules.arrived(room, wire(`m${i}`, 'Ben', `${i}`), me, true);
  assert.equal(room.entries.length, 500);
  assert.equal(room.entries.at(-1)?.key, 'm1199');
});

test('messages of one author stand under one name until something comes between or time passes', () => {
  const { room } = insideRoom();
  rules.arrived(room, wire('m1', 'Ben', 'a'), me, true);
  rules.arrived(room, wire('m2', 'Ben', 'b', now + 60_000), me, true);
  rules.arrived(room, wire('m3', 'Chi', 'c', now + 61_000), me, true);
  rules.arrived(room, wire('m4', 'Ben', 'd', now + 62_000), me, true);
  rules.arrived(room, wire('m5', 'Ben', 'e', now + 900_000), me, true);
  rules.arrived(room, wire('m6', 'Ben', 'f', now + 86_400_000), me, true);
  const shown = rowsOf(room).map((row) => row.type === 'message' ? (row.first ? 'first' : 'next') : row.type);
  assert.deepEqual(shown, ['first', 'next', 'first', 'first', 'first', 'day', 'first']);
});
