// A small part of Markdown, read into a tree. What it becomes on the page are elements and text nodes (view/richText.ts):
// there is no markup in between, and every character of the message is in the tree or was a mark.

export type Inline =
  | { type: 'text'; text: string }
  | { type: 'strong' | 'em' | 'strike'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'link'; href: string; children: Inline[] }
  | { type: 'mention'; id: string; text: string };

export type Block =
  | { type: 'paragraph'; children: Inline[] }
  | { type: 'code'; text: string }
  | { type: 'quote'; blocks: Block[] }
  | { type: 'list'; start: number | undefined; items: Inline[][] };

/** Who can be meant by an @: name in lower case -> id. */
export type Names = ReadonlyMap<string, string>;

const deepest = 6;
const fence = /^```[^`]*$/;
const item = /^ {0,3}(?:[-*+]|(\d{1,4})[.)]) +(?=\S)/;

export function parse(text: string, names: Names = new Map()): Block[] {
  return blocksOf(text.replace(/\r\n?/g, '\n').split('\n'), names, 0);
}

function blocksOf(lines: string[], names: Names, depth: number): Block[] {
  const blocks: Block[] = [];
  let paragraph: string[] = [];
  const flush = () => {
    const words = paragraph.join('\n').replace(/^\n+|\s+$/g, '');
    if (words !== '') blocks.push({ type: 'paragraph', children: parseInline(words, names) });
    paragraph = [];
  };
  for (let at = 0; at < lines.length;) {
    const taken = fencedAt(lines, at) ?? (depth < 3 ? quoteAt(lines, at, names, depth) : undefined) ?? listAt(lines, at, names);
    if (!taken) {
      paragraph.push(lines[at++] ?? '');
      continue;
    }
    flush();
    blocks.push(taken.block);
    at = taken.next;
  }
  flush();
  return blocks;
}

interface Taken { block: Block; next: number }

/** A fence that is never closed is text. ```one line``` is a block too. */
function fencedAt(lines: string[], at: number): Taken | undefined {
  const line = lines[at] ?? '';
  const single = /^```(.+?)```\s*$/.exec(line);
  if (single?.[1]) return { block: { type: 'code', text: single[1] }, next: at + 1 };
  if (!fence.test(line)) return undefined;
  for (let end = at + 1; end < lines.length; end++) {
    const last = lines[end] ?? '';
    if (!last.trimEnd().endsWith('```')) continue;
    const rest = last.trimEnd().slice(0, -3);
    const code = [...lines.slice(at + 1, end), ...(rest === '' ? [] : [rest])];
    return { block: { type: 'code', text: code.join('\n') }, next: end + 1 };
  }
  return undefined;
}

function quoteAt(lines: string[], at: number, names: Names, depth: number): Taken | undefined {
  const inner: string[] = [];
  let next = at;
  for (; /^>( |$)/.test(lines[next] ?? ''); next++) inner.push((lines[next] ?? '').replace(/^> ?/, ''));
  return next === at ? undefined : { block: { type: 'quote', blocks: blocksOf(inner, names, depth + 1) }, next };
}

function listAt(lines: string[], at: number, names: Names): Taken | undefined {
  const first = item.exec(lines[at] ?? '');
  if (!first) return undefined;
  const isOrdered = first[1] !== undefined;
  const items: Inline[][] = [];
  let next = at;
  for (; next < lines.length; next++) {
    const line = lines[next] ?? '';
    const match = item.exec(line);
    if (!match || (match[1] !== undefined) !== isOrdered) break;
    items.push(parseInline(line.slice(match[0].length), names));
  }
  return { block: { type: 'list', start: isOrdered ? Number(first[1]) : undefined, items }, next };
}

export function parseInline(text: string, names: Names, depth = 0, inLink = false): Inline[] {
  const found: Inline[] = [];
  let from = 0;
  let at = 0;
  while (at < text.length) {
    const taken = inlineAt(text, at, names, depth, inLink);
    if (!taken) {
      at += 1;
      continue;
    }
    if (at > from) found.push({ type: 'text', text: text.slice(from, at) });
    found.push(taken.inline);
    from = at = taken.next;
  }
  if (from < text.length) found.push({ type: 'text', text: text.slice(from) });
  return found;
}

interface TakenInline { inline: Inline; next: number }

function inlineAt(text: string, at: number, names: Names, depth: number, inLink: boolean): TakenInline | undefined {
  switch (text[at]) {
    case '`': return codeAt(text, at);
    case '*': return emphasisAt(text, at, '**', 'strong', names, depth, inLink) ?? emphasisAt(text, at, '*', 'em', names, depth, inLink);
    case '_': return emphasisAt(text, at, '_', 'em', names, depth, inLink);
    case '~': return emphasisAt(text, at, '~~', 'strike', names, depth, inLink);
    case '[': return inLink ? undefined : namedLinkAt(text, at, names, depth);
    case '@': return mentionAt(text, at, names);
    case 'h': case 'H': case 'm': case 'M': return inLink ? undefined : linkAt(text, at);
    default: return undefined;
  }
}

function codeAt(text: string, at: number): TakenInline | undefined {
  const marks = /^`+/.exec(text.slice(at, at + 3))?.[0] ?? '`';
  const end = text.indexOf(marks, at + marks.length);
  const code = text.slice(at + marks.length, end);
  if (end < 0 || code.trim() === '' || code.includes('\n\n')) return undefined;
  return { inline: { type: 'code', text: code }, next: end + marks.length };
}

function emphasisAt(
  text: string, at: number, mark: string, type: 'strong' | 'em' | 'strike', names: Names, depth: number, inLink: boolean,
): TakenInline | undefined {
  const start = at + mark.length;
  if (depth >= deepest || !text.startsWith(mark, at) || isSpace(text[start]) || isWord(text[at - 1])) return undefined;
  if (mark.length === 1 && text[start] === mark) return undefined;
  for (let end = text.indexOf(mark, start + 1); end > 0; end = text.indexOf(mark, end + 1)) {
    // The last of several equal marks closes: **a *b*** is strong.
    while (text[end + mark.length] === mark[0] && text[end - 1] !== mark[0] && mark.length === 2) end += 1;
    if (isSpace(text[end - 1]) || isWord(text[end + mark.length])) continue;
    if (mark.length === 1 && (text[end + 1] === mark || text[end - 1] === mark)) { end += 1; continue; }
    return { inline: { type, children: parseInline(text.slice(start, end), names, depth + 1, inLink) }, next: end + mark.length };
  }
  return undefined;
}

/** [words](address): only with an address that may be followed. */
function namedLinkAt(text: string, at: number, names: Names, depth: number): TakenInline | undefined {
  const match = /^\[([^\][\n]{1,200})\]\(([^\s()<>]{1,2000}(?:\([^\s()<>]*\)[^\s()<>]*)?)\)/.exec(text.slice(at, at + 2300));
  const href = match?.[2] === undefined ? undefined : safeAddress(match[2]);
  if (!match?.[1] || href === undefined) return undefined;
  return { inline: { type: 'link', href, children: parseInline(match[1], names, depth + 1, true) }, next: at + match[0].length };
}

const trailingMarks = '.,;:!?\'*_~';
const address = /^(?:https?:\/\/[^\s<>"`]+|mailto:[^\s<>"`@]+@[^\s<>"`@]+)/i;

function linkAt(text: string, at: number): TakenInline | undefined {
  if (isWord(text[at - 1])) return undefined;
  const match = address.exec(text.slice(at));
  if (!match) return undefined;
  const found = withoutTrailingMarks(match[0]);
  const href = safeAddress(found);
  return href === undefined ? undefined : { inline: { type: 'link', href, children: [{ type: 'text', text: found }] }, next: at + found.length };
}

/** http, https and mailto; nothing else can be followed. */
export function safeAddress(found: string): string | undefined {
  if (address.exec(found)?.[0] !== found || !URL.canParse(found)) return undefined;
  const { protocol } = new URL(found);
  return protocol === 'http:' || protocol === 'https:' || protocol === 'mailto:' ? found : undefined;
}

/** "(see http://a.b/c)." ends before the bracket and the full stop, "http://a.b/c_(d)" does not. */
function withoutTrailingMarks(found: string): string {
  // One step for each character, whatever it is: anybody may write the text.
  let unopened = count(found, ')') - count(found, '(');
  let end = found.length;
  for (; end > 0; end--) {
    const last = found[end - 1] ?? '';
    if (last === ')' && unopened > 0) unopened -= 1;
    else if (!trailingMarks.includes(last)) break;
  }
  return found.slice(0, end);
}

/** The longest name that follows the @. */
function mentionAt(text: string, at: number, names: Names): TakenInline | undefined {
  if (isWord(text[at - 1])) return undefined;
  for (let length = Math.min(32, text.length - at - 1); length >= 2; length--) {
    const name = text.slice(at + 1, at + 1 + length);
    const id = isWord(text[at + 1 + length]) ? undefined : names.get(name.toLowerCase());
    if (id !== undefined) return { inline: { type: 'mention', id, text: `@${name}` }, next: at + 1 + length };
  }
  return undefined;
}

function isSpace(character: string | undefined): boolean {
  return character === undefined || /\s/u.test(character);
}

function isWord(character: string | undefined): boolean {
  return character !== undefined && /[\p{L}\p{N}]/u.test(character);
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}

/** The words without the marks, in one line: for quotes, notifications and lists. */
export function plain(text: string): string {
  return parse(text).map(wordsOf).join(' ').replace(/\s+/g, ' ').trim();
}

function wordsOf(block: Block): string {
  switch (block.type) {
    case 'paragraph': return inlineWords(block.children);
    case 'code': return block.text;
    case 'quote': return block.blocks.map(wordsOf).join(' ');
    case 'list': return block.items.map(inlineWords).join(' · ');
  }
}

function inlineWords(all: readonly Inline[]): string {
  return all.map((one) => 'children' in one ? inlineWords(one.children) : one.text).join('');
}
