import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashOf, parseRoute } from '../src/route.js';
import { sameKey, tidy } from '../src/protocol.js';
import { agoOf, charactersIn, dayOf, hueOf, hues, initials, listOf, people, sizeOf } from '../src/words.js';

test('initials are whole characters of the first and the last word', () => {
  assert.equal(initials('ana'), 'A');
  assert.equal(initials('Ben Okafor'), 'BO');
  assert.equal(initials('dag.hammar'), 'DH');
  assert.equal(initials('Anna Maria Lind'), 'AL');
  assert.equal(initials('👩‍🚀 Eva'), '👩‍🚀E');
  assert.equal(initials('千尋'), '千');
  assert.equal(initials('...'), '.');
});

test('a name has one colour, however it is written', () => {
  assert.equal(hueOf('Ana'), hueOf('ANA'));
  for (const name of ['Ana', 'Ben', '千尋', '🎉']) assert.ok(hueOf(name) >= 0 && hueOf(name) < hues);
});

test('lists of names read as a sentence', () => {
  assert.equal(listOf(['Ana']), 'Ana');
  assert.equal(listOf(['Ana', 'Ben']), 'Ana and Ben');
  assert.equal(listOf(['Ana', 'Ben', 'Chi']), 'Ana, Ben and Chi');
  assert.equal(listOf(['Ana', 'Ben', 'Chi', 'Dag', 'Eva']), 'Ana, Ben and 3 others');
  assert.equal(people(1), '1 person');
  assert.equal(people(0), '0 people');
});

test('names are compared trimmed, composed and without case', () => {
  assert.equal(sameKey(' Jose\u0301 '), sameKey('JOSÉ'));
  assert.equal(tidy('a\ud83d'), 'a\ufffd');
});

test('days and sizes as people say them', () => {
  const now = new Date(2026, 4, 20, 12).getTime();
  assert.equal(dayOf(now, now), 'Today');
  assert.equal(dayOf(new Date(2026, 4, 19, 23, 59).getTime(), now), 'Yesterday');
  assert.match(dayOf(new Date(2024, 4, 19).getTime(), now), /2024/);
  assert.deepEqual([sizeOf(0), sizeOf(1023), sizeOf(1536), sizeOf(10 * 1024 * 1024)], ['0 B', '1023 B', '1.5 KB', '10 MB']);
  assert.equal(agoOf(now - 3 * 60_000, now), '3 minutes ago');
  assert.equal(charactersIn('👩‍👩‍👧 👍🏽'), 2);
});

test('an address names a room, a message, or a page of the administration', () => {
  for (const route of [{ page: 'home' }, { page: 'room', room: 'a/b ü' }, { page: 'room', room: 'r', message: 12 }, { page: 'admin', tab: 'audit' }] as const) {
    assert.deepEqual(parseRoute(hashOf(route)), route);
  }
  for (const bad of ['', '#', '#/x', '#/room', '#/room/', '#javascript:alert(1)', '#/room/%']) assert.ok(['home', 'room'].includes(parseRoute(bad).page), bad);
  assert.deepEqual(parseRoute('#/room/r/-1'), { page: 'room', room: 'r' });
  assert.deepEqual(parseRoute('#/admin/x'), { page: 'admin', tab: 'people' });
});
