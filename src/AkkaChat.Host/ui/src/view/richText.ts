// A message's words as elements: only these, only with these attributes, and every character as text.

import { parse, type Block, type Inline, type Names } from '../markdown.js';
import { el } from './dom.js';

export function richText(text: string, names: Names, me: string): Node[] {
  return parse(text, names).map((block) => blockOf(block, me));
}

function blockOf(block: Block, me: string): Node {
  switch (block.type) {
    case 'paragraph': return el('p', { dir: 'auto' }, ...inlines(block.children, me));
    case 'code': return el('pre', { tabindex: '0' }, el('code', {}, block.text));
    case 'quote': return el('blockquote', {}, ...block.blocks.map((inner) => blockOf(inner, me)));
    case 'list': {
      const items = block.items.map((item) => el('li', { dir: 'auto' }, ...inlines(item, me)));
      return block.start === undefined ? el('ul', {}, ...items) : el('ol', { start: String(block.start) }, ...items);
    }
  }
}

function inlines(all: readonly Inline[], me: string): Node[] {
  return all.map((inline) => inlineOf(inline, me));
}

function inlineOf(inline: Inline, me: string): Node {
  switch (inline.type) {
    case 'text': return document.createTextNode(inline.text);
    case 'strong': return el('strong', {}, ...inlines(inline.children, me));
    case 'em': return el('em', {}, ...inlines(inline.children, me));
    case 'strike': return el('s', {}, ...inlines(inline.children, me));
    case 'code': return el('code', {}, inline.text);
    case 'mention': return el('span', { class: inline.id === me ? 'mention is-me' : 'mention' }, inline.text);
    case 'link': return linkOf(inline.href, inlines(inline.children, me));
  }
}

function linkOf(href: string, children: Node[]): HTMLElement {
  const link = el('a', { href, rel: 'noopener noreferrer nofollow', target: '_blank' }, ...children);
  if (link.textContent !== href) link.title = href;
  return link;
}
