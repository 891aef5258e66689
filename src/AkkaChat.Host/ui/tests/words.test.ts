import assert from 'node:assert/strict';
import { test } from 'node:test';
import { partsOf } from '../src/links.js';
import { sameKey, tidy } from '../src/protocol.js';
import { hueOf, hues, initials, listOf, people } from '../src/words.js';

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

test('web addresses become links without the punctuation after them', () => {
  const links = (text: string) => partsOf(text).filter((part) => part.href).map((part) => part.href);
  assert.deepEqual(links('see https://a.example/b?c=d, or (http://e.example).'), ['https://a.example/b?c=d', 'http://e.example']);
  assert.deepEqual(links('https://a.example/c_(d)'), ['https://a.example/c_(d)']);
});

test('nothing but http and https becomes a link, and no character is lost', () => {
  for (const text of ['javascript:alert(1)', 'data:text/html,x', '<img src=x onerror=alert(1)>', 'https://', 'xhttps://a.example.']) {
    assert.equal(partsOf(text).map((part) => part.text).join(''), text);
    for (const { href } of partsOf(text)) assert.ok(href === undefined || href.startsWith('https://a.example'));
  }
});
