// Files of a message: images where they are, with their place kept before they come; everything else as a card.

import type { FileRef } from '../protocol.js';
import { sizeOf } from '../words.js';
import { el, icon, unseen } from './dom.js';

const widest = 380;
const highest = 300;
const shownInline = new Set(['image/png', 'image/jpeg', 'image/gif', 'image/webp', 'image/avif']);

export function filesOf(files: readonly FileRef[]): HTMLElement[] {
  return files.map((file) => shownInline.has(file.type) ? image(file) : card(file));
}

function image(file: FileRef): HTMLElement {
  const picture = el('img', { src: pathOf(file), alt: file.name, loading: 'lazy', decoding: 'async' });
  if (file.width && file.height) {
    const scale = Math.min(1, widest / file.width, highest / file.height);
    picture.width = Math.max(24, Math.round(file.width * scale));
    picture.height = Math.max(24, Math.round(file.height * scale));
  }
  return el('a', { class: 'file-image', href: pathOf(file), target: '_blank', rel: 'noopener', title: `${file.name} (${sizeOf(file.size)})` }, picture);
}

function card(file: FileRef): HTMLElement {
  const words = el('span', { class: 'file-words' }, el('bdi', { class: 'file-name' }, file.name), el('span', { class: 'file-size' }, sizeOf(file.size)));
  return el('a', { class: 'file-card', href: pathOf(file), download: file.name }, icon('file'), unseen('Download '), words, icon('download'));
}

/** Only a path on this server. */
function pathOf(file: FileRef): string {
  return file.url.startsWith('/files/') ? file.url : '#';
}
