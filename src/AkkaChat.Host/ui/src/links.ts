// Finds web addresses in a message. What they become is text and href, never markup.

export interface Part { text: string; href?: string }

const address = /https?:\/\/[^\s<>"'`]+/giu;

export function partsOf(text: string): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const match of text.matchAll(address)) {
    const found = withoutTrailingPunctuation(match[0]);
    if (!URL.canParse(found)) continue;
    if (match.index > from) parts.push({ text: text.slice(from, match.index) });
    parts.push({ text: found, href: found });
    from = match.index + found.length;
  }
  if (from < text.length) parts.push({ text: text.slice(from) });
  return parts;
}

/** "(see http://a.b/c)." ends before the bracket and the full stop, "http://a.b/c_(d)" does not. */
function withoutTrailingPunctuation(found: string): string {
  let text = found.replace(/[.,;:!?]+$/u, '');
  while (text.endsWith(')') && !text.includes('(')) text = text.slice(0, -1).replace(/[.,;:!?]+$/u, '');
  return text;
}
