import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Change, Message, MyRoom, Position } from '../src/protocol.js';
import { hinderedBy, mayDeleteMessage, mayDiscipline, mayEdit } from '../src/state/access.js';
import * as log from '../src/state/log.js';
import * as outbox from '../src/state/outbox.js';
import { learn, membersOf, newPeople, unknown } from '../src/state/people.js';
import * as rooms from '../src/state/rooms.js';
import { rowsOf } from '../src/state/rows.js';

const me = 'me';
const at = (offset: number, epoch = 'e'): Position => ({ epoch, offset });
const message = (id: number, more: Partial<Message> = {}): Message =>
  ({ id, room: 'r', by: 'ana', at: id * 1000, text: `text ${id}`, version: id, ...more });
const said = (id: number, more: Partial<Message> = {}): Change => ({ kind: 'message', message: message(id, more) });
const info = (more: Partial<MyRoom> = {}): MyRoom =>
  ({ id: 'r', kind: 'public', name: 'lobby', topic: '', createdBy: 'ana', createdAt: 0, role: 'member', readTo: 0, unread: 0, mentions: 0, ...more });
const range = (from: number, to: number) => Array.from({ length: to - from + 1 }, (_, index) => message(from + index));
const ids = (room: rooms.RoomState) => room.log.messages.map(({ id }) => id);

/** A room whose newest messages are loaded. */
function roomWith(messages: Message[], offset: number, more: Partial<MyRoom> = {}): rooms.RoomState {
  const room = rooms.newRoom(info(more));
  rooms.entered(room, { isContinuous: false, position: at(offset), members: [{ id: me, role: 'member' }] });
  const request = log.beginLoad(room.log, 'newest');
  log.loaded(room.log, request, { messages, position: at(offset), older: true, newer: false });
  return room;
}

const apply = (room: rooms.RoomState, change: Change, offset: number, looking = true) => rooms.applyChange(room, change, at(offset), { me, looking });

test('a change is applied once, however often it comes', () => {
  const room = roomWith([message(1)], 1);
  apply(room, said(2), 2);
  apply(room, said(2), 2);
  apply(room, { kind: 'reacted', id: 2, emoji: '👍', by: 'ana', at: 0 }, 3);
  apply(room, { kind: 'reacted', id: 2, emoji: '👍', by: 'ana', at: 0 }, 3);
  assert.deepEqual(ids(room), [1, 2]);
  assert.deepEqual(room.log.messages[1]?.reactions, [{ emoji: '👍', by: ['ana'] }]);
});

test('a page that already contains a change does not see it again', () => {
  const room = roomWith([], 0);
  log.resetLog(room.log);
  const request = log.beginLoad(room.log, 'newest');
  apply(room, said(1), 1);
  apply(room, { kind: 'edited', id: 1, text: 'changed', by: 'ana', at: 5 }, 2);
  log.loaded(room.log, request, { messages: [message(1, { text: 'changed', version: 2, editedAt: 5 })], position: at(2), older: false, newer: false });
  assert.deepEqual(ids(room), [1]);
  assert.equal(room.log.messages[0]?.version, 2);
});

test('what happens while a page is on its way is applied after it', () => {
  const room = roomWith([], 1);
  log.resetLog(room.log);
  const request = log.beginLoad(room.log, 'newest');
  apply(room, said(2), 2);
  apply(room, { kind: 'edited', id: 1, text: 'later', by: 'ana', at: 5 }, 3);
  log.loaded(room.log, request, { messages: [message(1)], position: at(1), older: false, newer: false });
  assert.deepEqual(ids(room), [1, 2]);
  assert.equal(room.log.messages[0]?.text, 'later');
});

test('an older page does not undo a change that came before it', () => {
  const room = roomWith(range(51, 60), 60);
  const request = log.beginLoad(room.log, 'older');
  apply(room, { kind: 'deleted', id: 55, by: 'ana', at: 9 }, 61);
  log.loaded(room.log, request, { messages: range(41, 55), position: at(60), older: true, newer: true });
  assert.deepEqual(ids(room), range(41, 60).map(({ id }) => id));
  assert.equal(room.log.messages.find(({ id }) => id === 55)?.deletedAt, 9);
  assert.equal(room.log.newer, false);
});

test('the answer to an earlier request is thrown away', () => {
  const room = roomWith(range(1, 3), 3);
  const first = log.beginLoad(room.log, 'older');
  const second = log.beginLoad(room.log, 'around');
  assert.equal(log.loaded(room.log, first, { messages: [message(99)], position: at(3), older: false, newer: false }), false);
  assert.equal(log.loaded(room.log, second, { messages: range(10, 12), position: at(30), older: true, newer: true }), true);
  assert.deepEqual(ids(room), [10, 11, 12]);
});

test('in the past, new messages are left to the pages that lead there', () => {
  const room = roomWith(range(1, 3), 30);
  const around = log.beginLoad(room.log, 'around');
  log.loaded(room.log, around, { messages: range(1, 3), position: at(30), older: false, newer: true });
  apply(room, said(31), 31);
  assert.deepEqual(ids(room), [1, 2, 3]);
  const newer = log.beginLoad(room.log, 'newer');
  log.loaded(room.log, newer, { messages: range(4, 31), position: at(31), older: false, newer: false });
  apply(room, said(32), 32);
  assert.deepEqual(ids(room), range(1, 32).map(({ id }) => id));
});

test('no more than the most is kept, and the end that was let go can be loaded again', () => {
  const room = roomWith(range(201, 400), 400);
  const older = log.beginLoad(room.log, 'older');
  log.loaded(room.log, older, { messages: range(151, 200), position: at(400), older: true, newer: true });
  assert.equal(room.log.messages.length, log.most);
  assert.deepEqual([ids(room)[0], ids(room).at(-1)], [151, 350]);
  assert.equal(room.log.newer, true);
});

test('after a lost connection what was missed comes in order and once', () => {
  const room = roomWith(range(1, 3), 3);
  rooms.linkLost(new Map([['r', room]]));
  assert.deepEqual(room.position, at(3));
  for (const [change, offset] of [[said(3), 3], [said(4), 4], [said(5), 5], [said(5), 5]] as const) apply(room, change, offset);
  assert.equal(rooms.entered(room, { isContinuous: true, position: at(5), members: [] }), true);
  apply(room, said(6), 6);
  assert.deepEqual(ids(room), [1, 2, 3, 4, 5, 6]);
});

test('who is muted is known from coming in and from what is told later, until the time is over', () => {
  const room = rooms.newRoom(info());
  rooms.entered(room, { isContinuous: false, position: at(1), members: [{ id: 'ana', role: 'member', mutedUntil: 100 }, { id: 'ben', role: 'member' }] });
  assert.equal(rooms.mutedUntil(room, 'ana', 99), 100);
  assert.equal(rooms.mutedUntil(room, 'ana', 100), undefined);
  assert.equal(rooms.mutedUntil(room, 'ben', 0), undefined);
  rooms.memberMuted(room, 'ben', 200);
  rooms.memberMuted(room, 'ana', null);
  assert.equal(rooms.mutedUntil(room, 'ben', 99), 200);
  assert.equal(rooms.mutedUntil(room, 'ana', 99), undefined);
  apply(room, { kind: 'member', person: { id: 'ben', name: 'Ben', role: 'member' }, role: null }, 2);
  assert.equal(rooms.mutedUntil(room, 'ben', 99), undefined);
});

test('a gap, or another life of the log, means loading anew', () => {
  for (const position of [at(90), at(2, 'other')]) {
    const room = roomWith(range(1, 3), 3);
    rooms.linkLost(new Map([['r', room]]));
    assert.equal(rooms.entered(room, { isContinuous: position.epoch === 'other', position, members: [] }), false);
    assert.equal(room.log.loaded, false);
    assert.deepEqual(room.position, position);
  }
});

test('unread messages are counted once, also when they are replayed', () => {
  const room = roomWith(range(1, 2), 2, { readTo: 2 });
  apply(room, said(3, { mentions: [me] }), 3, false);
  apply(room, said(4, { by: me }), 4, false);
  apply(room, said(5, { notice: { what: 'joined' } }), 5, false);
  assert.deepEqual([room.info.unread, room.info.mentions, room.newAfter], [1, 1, 2]);
  rooms.linkLost(new Map([['r', room]]));
  rooms.welcomed(new Map([['r', room]]), [info({ readTo: 2, unread: 2, mentions: 1, position: at(6) })]);
  apply(room, said(6), 6, false);
  assert.equal(room.info.unread, 2);
  apply(room, said(7), 7, false);
  assert.equal(room.info.unread, 3);
});

test('what was said between the list of rooms and coming in is unread too', () => {
  for (const position of [at(6), undefined]) {
    const room = rooms.newRoom(info({ readTo: 4, unread: position ? 2 : 0, ...(position ? { position } : {}) }));
    apply(room, said(position ? 6 : 4), position ? 6 : 4, false);
    apply(room, said(7, { mentions: [me] }), 7, false);
    assert.equal(rooms.entered(room, { isContinuous: true, position: at(7), members: [] }), true);
    assert.deepEqual([room.info.unread, room.info.mentions], [position ? 3 : 1, 1]);
  }
});

test('a message that is caught up on as deleted is in its place, and not unread', () => {
  const room = roomWith([message(1)], 1, { readTo: 1 });
  const told = apply(room, said(2, { text: '', deletedAt: 5, deletedBy: 'ana' }), 2, false);
  apply(room, { kind: 'nothing' }, 3, false);
  apply(room, { kind: 'deleted', id: 2, by: 'ana', at: 5 }, 4, false);
  assert.deepEqual([told, room.info.unread, room.info.mentions], [undefined, 0, 0]);
  assert.deepEqual(ids(room), [1, 2]);
});

test('an unread message that is deleted is not unread any more', () => {
  const room = roomWith([message(1)], 1, { readTo: 1 });
  apply(room, said(2, { mentions: [me] }), 2, false);
  apply(room, { kind: 'deleted', id: 2, by: 'ana', at: 1 }, 3, false);
  assert.deepEqual([room.info.unread, room.info.mentions], [0, 0]);
});

test('reading here and on another device', () => {
  const room = roomWith(range(1, 5), 5, { readTo: 1, unread: 4 });
  rooms.readElsewhere(room, { readTo: 3, unread: 2, mentions: 0 });
  assert.equal(room.info.unread, 2);
  rooms.readHere(room, rooms.lastId(room));
  rooms.readElsewhere(room, { readTo: 3, unread: 2, mentions: 0 });
  assert.deepEqual([room.info.readTo, room.info.unread], [5, 0]);
});

test('the outbox sends in order, one at a time for each room, under the same key', () => {
  const box: outbox.Outbox = [];
  for (const [key, room] of [['a', 'r'], ['b', 'r'], ['c', 's']] as const) outbox.put(box, { key, room, text: key, at: 0 });
  const first = outbox.nextFor(box, 'r');
  assert.equal(first?.key, 'a');
  if (first) first.status = 'sending';
  assert.equal(outbox.nextFor(box, 'r'), undefined);
  assert.equal(outbox.nextFor(box, 's')?.key, 'c');
  outbox.linkLost(box);
  assert.equal(outbox.nextFor(box, 'r')?.key, 'a');
});

test('a message leaves the outbox when the room shows it, by key or by id', () => {
  const box: outbox.Outbox = [];
  const [first, second] = ['a', 'b'].map((key) => outbox.put(box, { key, room: 'r', text: key, at: 0 }));
  assert.ok(first && second);
  outbox.confirmed(second, 8);
  assert.deepEqual(outbox.settled(box, 'r', [{ id: 7, key: 'a' }], 7), ['a']);
  assert.deepEqual(outbox.settled(box, 'r', [], 8), ['b']);
  assert.deepEqual(outbox.settled(box, 'other', [{ id: 7, key: 'a' }], 9), []);
});

test('a message that the room shows before the answer comes is not shown twice', () => {
  const room = roomWith([message(1)], 1);
  const sent = { key: 'k', room: 'r', text: 'mine', at: 5, after: 1, status: 'sending' as const };
  const kinds = () => rowsOf(room, [sent], me).map(({ type }) => type);
  assert.deepEqual(kinds().at(-1), 'outgoing');
  apply(room, said(2, { by: me, text: 'mine' }), 2);
  assert.deepEqual(kinds().at(-1), 'message');
});

test('what a browser stored is taken only when it has the shape', () => {
  for (const bad of [null, 5, 'x', {}, { key: 1, room: 'r', text: 't' }]) assert.equal(outbox.restored(bad), undefined);
  assert.equal(outbox.restored({ key: 'k', room: 'r', text: 't', at: 5, status: 'sending' })?.status, 'waiting');
});

test('rows: days, the line above what is new, groups by author, joins drawn together', () => {
  const day = 24 * 3600_000;
  const room = roomWith([
    message(1, { at: day }), message(2, { at: day + 1000 }), message(3, { at: day + 2000, by: me }),
    message(4, { at: day + 3000, text: '', by: 'x', notice: { what: 'joined', person: 'x' } }),
    message(5, { at: day + 4000, text: '', by: 'y', notice: { what: 'joined', person: 'y' } }),
    message(6, { at: 3 * day }),
  ], 6);
  room.log.older = false;
  room.newAfter = 5;
  const waiting = outbox.put([], { key: 'k', room: 'r', text: 'mine', at: 3 * day + 1 });
  const rows = rowsOf(room, [waiting], me);
  assert.deepEqual(rows.map(({ type }) => type), ['day', 'message', 'message', 'message', 'notice', 'day', 'new', 'message', 'outgoing']);
  assert.deepEqual(rows.flatMap((row) => row.type === 'message' ? row.first : []), [true, false, true, true]);
  assert.equal(rows.flatMap((row) => row.type === 'notice' ? row.notices : []).length, 2);
});

test('replies show what their message has become', () => {
  const room = roomWith([message(1), message(2, { replyTo: { id: 1, by: 'ana', text: 'text 1' } })], 2);
  apply(room, { kind: 'edited', id: 1, text: 'better', by: 'ana', at: 1 }, 3);
  assert.equal(room.log.messages[1]?.replyTo?.text, 'better');
  apply(room, { kind: 'deleted', id: 1, by: 'ana', at: 1 }, 4);
  assert.equal(room.log.messages[1]?.replyTo?.text, '');
});

test('people: grouped by presence, then role and name; unknown ones are named', () => {
  const people = newPeople();
  learn(people, [{ id: 'a', name: 'Ana', role: 'member' }, { id: 'b', name: 'Ben', role: 'member' }, { id: 'c', name: 'Chi', role: 'member' }]);
  people.online.set('b', 'away');
  people.online.set('c', 'online');
  const { here, gone } = membersOf(people, new Map([['a', 'member'], ['b', 'member'], ['c', 'owner']]));
  assert.deepEqual([here.map(({ person }) => person.name), gone.map(({ person }) => person.name)], [['Chi', 'Ben'], ['Ana']]);
  assert.deepEqual(unknown(people, ['a', 'z', undefined, 'z']), ['z']);
});

test('what is offered follows the rules of access', () => {
  const person = { id: me, name: 'Me', role: 'member' as const };
  const staff = { ...person, role: 'moderator' as const };
  assert.equal(mayEdit(info(), person, message(1)), false);
  assert.equal(mayEdit(info(), person, message(1, { by: me })), true);
  assert.equal(mayDeleteMessage(info(), person, message(1)), false);
  assert.equal(mayDeleteMessage(info(), staff, message(1)), true);
  assert.equal(mayDeleteMessage(info({ kind: 'private' }), staff, message(1)), false);
  assert.equal(mayDiscipline(info({ role: 'moderator' }), person, { id: 'x', role: 'moderator' }), false);
  assert.equal(mayDiscipline(info({ role: 'owner' }), person, { id: 'x', role: 'owner' }), false);
  assert.equal(mayDiscipline(info({ role: 'moderator' }), person, { id: 'x', role: 'member' }), true);
  assert.equal(mayDiscipline(info({ role: 'moderator' }), person, { id: 'x', role: 'member', site: 'moderator' }), false);
  assert.equal(mayDiscipline(info({ role: 'owner' }), person, { id: 'x', role: 'member', site: 'moderator' }), true);
  assert.equal(mayDiscipline(info({ role: 'owner' }), person, { id: 'x', role: 'member', site: 'administrator' }), false);
  assert.equal(mayDiscipline(info({ kind: 'private', role: 'moderator' }), person, { id: 'x', role: 'member', site: 'administrator' }), true);
  assert.equal(hinderedBy(info({ mutedUntil: 10 }), 5), 'muted');
  assert.equal(hinderedBy(info({ mutedUntil: 10 }), 15), undefined);
});
