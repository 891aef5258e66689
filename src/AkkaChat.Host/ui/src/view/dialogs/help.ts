import { openDialog } from '../dialog.js';
import { el } from '../dom.js';

const keys: readonly (readonly [string, string])[] = [
  ['Ctrl or ⌘ + K', 'Jump to a room or a person'],
  ['Alt + ↑ or ↓', 'The room above or below'],
  ['Enter', 'Send; in the log, what can be done with a message'],
  ['Shift + Enter', 'A new line'],
  ['↑ in an empty message box', 'Edit your last message'],
  ['↑ or ↓ in the log', 'From message to message'],
  ['@', 'Mention somebody'],
  ['Escape', 'Close or cancel'],
];

const marks: readonly (readonly [string, string])[] = [
  ['**words**', 'bold'], ['*words*', 'italic'], ['~~words~~', 'struck out'], ['`code`', 'code'],
  ['```', 'a line before and after a block of code'], ['> words', 'a quote'], ['- words', 'a list'], ['[words](https://…)', 'a link'],
];

export function openHelp(): void {
  const list = (rows: typeof keys) => el('dl', { class: 'help-list' }, ...rows.map(([key, words]) => el('div', {}, el('dt', {}, key), el('dd', {}, words))));
  openDialog({ title: 'Keys and formatting', content: [el('h3', {}, 'Keys'), list(keys), el('h3', {}, 'Formatting'), list(marks)] });
}
