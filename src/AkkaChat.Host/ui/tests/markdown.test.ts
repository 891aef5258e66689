import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parse, plain, safeAddress, type Block, type Inline } from '../src/markdown.js';

const names = new Map([['ana', 'p1'], ['ana torres', 'p2'], ['千尋', 'p3']]);
const inline = (text: string) => {
  const [block] = parse(text, names);
  return block?.type === 'paragraph' ? block.children : [];
};
const first = (text: string) => inline(text)[0]?.type;

function* allInlines(blocks: readonly Block[]): Generator<Inline> {
  for (const block of blocks) {
    if (block.type === 'paragraph') yield* nested(block.children);
    else if (block.type === 'quote') yield* allInlines(block.blocks);
    else if (block.type === 'list') for (const item of block.items) yield* nested(item);
  }
}

function* nested(all: readonly Inline[]): Generator<Inline> {
  for (const one of all) {
    yield one;
    if ('children' in one) yield* nested(one.children);
  }
}

test('emphasis, strong, strike and code', () => {
  assert.deepEqual(inline('a **b *c*** `d*` ~~e~~ _f_'), [
    { type: 'text', text: 'a ' },
    { type: 'strong', children: [{ type: 'text', text: 'b ' }, { type: 'em', children: [{ type: 'text', text: 'c' }] }] },
    { type: 'text', text: ' ' }, { type: 'code', text: 'd*' }, { type: 'text', text: ' ' },
    { type: 'strike', children: [{ type: 'text', text: 'e' }] }, { type: 'text', text: ' ' },
    { type: 'em', children: [{ type: 'text', text: 'f' }] },
  ]);
});

test('marks that emphasise nothing stay as they are', () => {
  for (const text of ['2 * 3 * 4', 'snake_case_name', '** a **', '*', '**', '`', '~~', 'a*b*c', '* ', '_ _', '***', '``']) {
    assert.equal(inline(text).map((one) => one.type === 'text' ? one.text : '?').join(''), text.trimEnd(), text);
  }
});

test('code blocks, quotes and lists', () => {
  assert.deepEqual(parse('see\n```ts\nconst a = "**";\n```\nend'), [
    { type: 'paragraph', children: [{ type: 'text', text: 'see' }] },
    { type: 'code', text: 'const a = "**";' },
    { type: 'paragraph', children: [{ type: 'text', text: 'end' }] },
  ]);
  assert.deepEqual(parse('> a\n> b\nc').map(({ type }) => type), ['quote', 'paragraph']);
  assert.deepEqual(parse('3. a\n4. b'), [{ type: 'list', start: 3, items: [[{ type: 'text', text: 'a' }], [{ type: 'text', text: 'b' }]] }]);
  assert.equal(parse('```\nnever closed')[0]?.type, 'paragraph');
  assert.equal(parse('-5 degrees')[0]?.type, 'paragraph');
});

test('mentions: the longest known name, and not inside a word', () => {
  assert.deepEqual(inline('hi @Ana Torres!')[1], { type: 'mention', id: 'p2', text: '@Ana Torres' });
  assert.deepEqual(inline('@Ana tomorrow')[0], { type: 'mention', id: 'p1', text: '@Ana' });
  assert.deepEqual(inline('@千尋')[0], { type: 'mention', id: 'p3', text: '@千尋' });
  for (const text of ['mail@ana', '@anabel', '@nobody']) assert.equal(inline(text).some(({ type }) => type === 'mention'), false, text);
});

test('addresses become links without the marks after them', () => {
  const links = (text: string) => [...allInlines(parse(text))].flatMap((one) => one.type === 'link' ? one.href : []);
  assert.deepEqual(links('see https://a.example/b?c=d, or (http://e.example).'), ['https://a.example/b?c=d', 'http://e.example']);
  assert.deepEqual(links('https://a.example/c_(d)'), ['https://a.example/c_(d)']);
  assert.deepEqual(links('**https://a.example/x**'), ['https://a.example/x']);
  assert.deepEqual(links('[words](https://a.example/x) mailto:a@b.example'), ['https://a.example/x', 'mailto:a@b.example']);
  assert.equal(first('`https://a.example`'), 'code');
});

const hostile = [
  '<script>alert(1)</script>', '<img src=x onerror=alert(1)>', '<svg/onload=alert(1)>', '"><b onmouseover=alert(1)>x</b>',
  'javascript:alert(1)', '[x](javascript:alert(1))', '[x](JaVaScRiPt:alert(1))', '[x](java\tscript:alert(1))', '[x]( javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)', '[x](vbscript:msgbox(1))', '[x](//evil.example)', '[x](/files/1)', '[x](file:///etc/passwd)',
  '[x](https://a.example"onmouseover="alert(1))', '[x](https://a.example/<script>)', 'https://a.example/"onmouseover="alert(1)',
  '![x](https://a.example/x.png)', '<a href="javascript:alert(1)">x</a>', '`<img src=x onerror=alert(1)>`', '```\n<script>alert(1)</script>\n```',
  '> <iframe src=javascript:alert(1)>', '- <style>*{display:none}</style>', '@<b>ana</b>', '**<u>x</u>**', '&lt;script&gt;', '[[x](https://a.example)](javascript:alert(1))',
  'https://user:pass@a.example\u202egnp.exe', 'mailto:a@b.example?subject=<script>', 'blob:https://a.example/x', '[x](mailto:javascript:alert(1))',
];

test('hostile texts: every link is http, https or mailto, and there are only the known kinds of nodes', () => {
  const kinds = new Set(['text', 'strong', 'em', 'strike', 'code', 'link', 'mention']);
  for (const text of hostile) {
    for (const one of allInlines(parse(text, names))) {
      assert.ok(kinds.has(one.type), text);
      if (one.type === 'link') assert.match(new URL(one.href).protocol, /^(https?|mailto):$/, text);
    }
  }
  for (const bad of ['javascript:alert(1)', 'data:text/html,x', '//x', '', 'https://', 'http:', 'java\nscript:x']) assert.equal(safeAddress(bad), undefined, bad);
});

test('long runs of marks are read in no time', () => {
  for (const piece of ['*', '**a', '_a ', '`', '~~', '[', '[a](', '> ', '>', '@a', 'https://', '```\n', '- ', '**a*b_c~~', '((((', 'https://a.b/)))']) {
    const text = piece.repeat(Math.ceil(4000 / piece.length)).slice(0, 4000);
    assertQuick(text, names);
  }
});

test('plain words for quotes and notifications', () => {
  assert.equal(plain('**a** `b`\n> c\n- d\n- [e](https://a.example)'), 'a b c d · e');
});

test('no text takes long, however it was made up', () => {
  const marks = ['http://' + '.'.repeat(2660) + 'x' + ')'.repeat(1330), '*a '.repeat(1333), '**a*'.repeat(1000), '_'.repeat(4000), '~~a '.repeat(1000),
    '[a]('.repeat(1000), '[' + 'a'.repeat(199) + '](' + 'x('.repeat(1900), '.http://('.repeat(444), 'mailto:'.repeat(571), '.mailto:a'.repeat(444),
    '```'.repeat(1333), '``` '.repeat(1000), '`a``'.repeat(1000), '> '.repeat(2000), '>\n'.repeat(2000), '- a\n'.repeat(1000), '```\n'.repeat(1000),
    ' '.repeat(3999) + 'x', '\n'.repeat(3999) + 'x', '@a'.repeat(2000), '*_~~'.repeat(1000), '***a'.repeat(1000), '* a*'.repeat(1000)];
  for (const text of marks) {
    assertQuick(text, new Map([['aa', 'x']]));
  }
});

/** In time of the processor, for others may keep it busy. */
function assertQuick(text: string, people: Map<string, string>): void {
  const before = process.cpuUsage();
  parse(text, people);
  const { user, system } = process.cpuUsage(before);
  const took = (user + system) / 1000;
  assert.ok(took < 500, `${text.slice(0, 20)}: ${took} ms`);
}
