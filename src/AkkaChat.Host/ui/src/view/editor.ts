// A message's words, being changed where they stand.

import { limits, tidy, type Message } from '../protocol.js';
import { button, el, isComposing, unseen } from './dom.js';

export interface EditorEvents {
  save(text: string): Promise<string | undefined>;
  cancel(): void;
}

export function editorOf(message: Message, { save, cancel }: EditorEvents): HTMLElement {
  const input = el('textarea', { rows: '1', maxlength: String(limits.text), 'aria-label': 'Edit message' });
  const error = el('p', { class: 'dialog-error', role: 'alert', hidden: '' });
  const submit = el('button', { type: 'submit', class: 'button button-primary button-small' }, 'Save', unseen(' changes'));
  const form = el('form', { class: 'editor' }, input, error, el('div', { class: 'editor-foot' },
    button('Cancel', 'button button-small', cancel), submit, el('span', { class: 'editor-hint' }, 'Escape cancels · Enter saves')));
  input.value = message.text;
  const grow = () => { input.style.height = 'auto'; input.style.height = `${input.scrollHeight + 2}px`; };
  const send = async () => {
    const text = tidy(input.value);
    const words = text === '' && !message.files?.length ? 'A message has words. To remove it, delete it.' : text === message.text ? cancel() : await save(text);
    error.textContent = words ?? '';
    error.hidden = words === undefined;
  };
  form.addEventListener('submit', (event) => { event.preventDefault(); void send(); });
  input.addEventListener('input', grow);
  input.addEventListener('keydown', (event) => {
    event.stopPropagation();
    if (isComposing(event)) return;
    if (event.key === 'Escape') cancel();
    if (event.key !== 'Enter' || event.shiftKey || matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    void send();
  });
  requestAnimationFrame(() => { grow(); input.setSelectionRange(input.value.length, input.value.length); });
  return form;
}
