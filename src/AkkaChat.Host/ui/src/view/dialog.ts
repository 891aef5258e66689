// Dialogs are the browser's own: it keeps the focus inside, and gives it back.

import { button, el, iconButton, onClickBeside, setAttribute, setHidden, setText, type Child } from './dom.js';

let number = 0;

export interface DialogOptions {
  title: string;
  content: Child[];
  /** The button that does it; without one the dialog only shows something. */
  submit?: string;
  danger?: boolean;
  /** Does it. Words that come back, or are thrown, stay in the dialog as its error. */
  act?: () => Promise<string | void> | string | void;
  className?: string;
  closed?: () => void;
}

export interface Dialog {
  element: HTMLDialogElement;
  close(): void;
  fail(words: string): void;
}

export function openDialog(options: DialogOptions): Dialog {
  const id = `dialog-${++number}`;
  const error = el('p', { class: 'dialog-error', role: 'alert' });
  const element = el('dialog', { class: `dialog ${options.className ?? ''}`.trim(), 'aria-labelledby': id });
  const close = () => element.close();
  const form = el('form', { class: 'dialog-form', method: 'dialog', novalidate: '' },
    el('header', { class: 'dialog-head' }, el('h2', { id }, options.title), iconButton('close', 'Close', close)),
    el('div', { class: 'dialog-body' }, ...options.content), error);
  const submit = options.submit === undefined ? undefined
    : el('button', { type: 'submit', class: `button ${options.danger ? 'button-danger' : 'button-primary'}` }, options.submit);
  if (submit) form.append(el('footer', { class: 'dialog-foot' }, button('Cancel', 'button', close), submit));
  const fail = (words: string) => { setText(error, words); setHidden(error, words === ''); };
  fail('');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void run(options, submit, fail, close);
  });
  element.addEventListener('close', () => { element.remove(); options.closed?.(); });
  onClickBeside(element, close);
  element.append(form);
  document.body.append(element);
  element.showModal();
  firstField(element)?.focus();
  return { element, close, fail };
}

/** Asks before something that can not be undone. It names the thing. */
export function confirm(title: string, words: string, submit: string, act: () => Promise<string | void>): void {
  openDialog({ title, content: [el('p', {}, words)], submit, danger: true, act, className: 'dialog-small' });
}

async function run(options: DialogOptions, submit: HTMLButtonElement | undefined, fail: (words: string) => void, close: () => void): Promise<void> {
  if (!options.act || submit?.disabled) return;
  if (submit) submit.disabled = true;
  try {
    const words = await options.act();
    if (typeof words === 'string') fail(words);
    else close();
  } catch (error) {
    fail(error instanceof Error ? error.message : 'That did not work.');
  } finally {
    if (submit) submit.disabled = false;
  }
}

function firstField(element: HTMLElement): HTMLElement | null {
  return element.querySelector<HTMLElement>('input:not([type=radio]), textarea, select') ?? element.querySelector<HTMLElement>('.dialog-foot .button, .dialog-body button');
}

export interface Field<T extends HTMLElement = HTMLInputElement> {
  element: HTMLElement;
  input: T;
  fail(words: string): void;
}

export interface FieldOptions {
  label: string;
  name: string;
  hint?: string;
  attributes?: Record<string, string>;
}

/** A label, its input, and below it the hint or what is wrong. */
export function field(options: FieldOptions): Field {
  return fieldOf(options, el('input', { type: 'text', autocomplete: 'off', ...options.attributes }));
}

export function longField(options: FieldOptions): Field<HTMLTextAreaElement> {
  return fieldOf(options, el('textarea', { rows: '3', ...options.attributes }));
}

export function choice(options: FieldOptions, values: readonly (readonly [value: string, words: string])[], chosen: string): Field<HTMLSelectElement> {
  const select = el('select', {}, ...values.map(([value, words]) => el('option', { value }, words)));
  select.value = chosen;
  return fieldOf(options, select);
}

function fieldOf<T extends HTMLElement>(options: FieldOptions, input: T): Field<T> {
  const id = `field-${++number}`;
  input.id = id;
  input.setAttribute('name', options.name);
  input.setAttribute('aria-describedby', `${id}-note`);
  const note = el('p', { class: 'field-note', id: `${id}-note`, role: 'status' }, options.hint ?? '');
  const element = el('div', { class: 'field' }, el('label', { for: id }, options.label), input, note);
  const fail = (words: string) => {
    setText(note, words || (options.hint ?? ''));
    note.classList.toggle('is-error', words !== '');
    setAttribute(input, 'aria-invalid', words === '' ? undefined : 'true');
    if (words !== '') input.focus();
  };
  return { element, input, fail };
}
