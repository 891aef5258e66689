// Files that go with the next message: uploaded at once, sent with it.

import { upload, wordsOf } from '../http.js';
import { limits, type FileRef } from '../protocol.js';
import { sizeOf } from '../words.js';
import { el, icon, iconButton, setText } from './dom.js';
import { tell } from './toast.js';

interface Attachment { element: HTMLElement; file: FileRef | undefined; failed: boolean; cancel(): void }

export class Attachments {
  readonly element = el('ul', { class: 'attachments', 'aria-label': 'Attached files' });
  readonly #changed: () => void;
  readonly #limit: () => number;
  #all: Attachment[] = [];

  constructor(limit: () => number, changed: () => void) {
    this.#limit = limit;
    this.#changed = changed;
  }

  get ready(): FileRef[] {
    return this.#all.flatMap(({ file }) => file ?? []);
  }

  get busy(): boolean {
    return this.#all.some(({ file, failed }) => file === undefined && !failed);
  }

  get any(): boolean {
    return this.#all.length > 0;
  }

  add(files: Iterable<File>): void {
    for (const file of files) {
      if (this.#all.length >= limits.files) return tell(`A message has at most ${limits.files} files.`, 'bad');
      if (file.size > this.#limit()) tell(`${file.name} is too large: ${sizeOf(file.size)}. A file has at most ${sizeOf(this.#limit())}.`, 'bad');
      else this.#start(file);
    }
    this.#changed();
  }

  /** Those that are sent, or all when the room changes. */
  clear(): void {
    for (const one of this.#all) one.element.remove();
    this.#all = [];
    this.#changed();
  }

  #start(file: File): void {
    const progress = el('progress', { max: '1', value: '0', 'aria-label': `Uploading ${file.name}` });
    const words = el('span', { class: 'soft' }, sizeOf(file.size));
    const { done, cancel } = upload(file, (part) => { progress.value = part; });
    const element = el('li', { class: 'attachment' }, pictureOf(file),
      el('span', { class: 'file-words' }, el('bdi', { class: 'file-name' }, file.name), words, progress),
      iconButton('close', `Remove ${file.name}`, () => this.#remove(attachment)));
    const attachment: Attachment = { element, file: undefined, failed: false, cancel };
    this.#all.push(attachment);
    this.element.append(element);
    done.then((uploaded) => { attachment.file = uploaded; }, (error: unknown) => {
      attachment.failed = true;
      element.classList.add('is-failed');
      setText(words, wordsOf(error));
      words.setAttribute('role', 'alert');
    }).finally(() => { progress.remove(); this.#changed(); });
  }

  #remove(attachment: Attachment): void {
    attachment.cancel();
    attachment.element.remove();
    this.#all = this.#all.filter((one) => one !== attachment);
    this.#changed();
  }
}

/** The image itself while it is still only here. */
function pictureOf(file: File): Node {
  if (!/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) return icon('file');
  const image = el('img', { alt: '', width: '40', height: '40' });
  image.src = URL.createObjectURL(file);
  image.addEventListener('load', () => URL.revokeObjectURL(image.src), { once: true });
  return image;
}
