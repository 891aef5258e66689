import type { Chat } from '../../chat.js';
import { limits, tidy } from '../../protocol.js';
import { field, openDialog } from '../dialog.js';
import { el } from '../dom.js';

export function openNewRoom(chat: Chat): void {
  const name = field({ label: 'Name', name: 'room', hint: 'Short words, such as “design” or “team lunch”.', attributes: { maxlength: String(limits.room), spellcheck: 'false' } });
  const topic = field({ label: 'Topic (optional)', name: 'topic', hint: 'What the room is for.', attributes: { maxlength: String(limits.topic) } });
  const open = option('public', 'Public', 'Everybody finds it and may join.', true);
  const closed = option('private', 'Private', 'Only people who are invited see it.', false);
  openDialog({
    title: 'New room', submit: 'Create room',
    content: [name.element, el('fieldset', { class: 'options' }, el('legend', {}, 'Who may come in'), open.element, closed.element), topic.element],
    async act() {
      name.fail('');
      if (tidy(name.input.value) === '') { name.fail('Please give the room a name.'); return ''; }
      const reply = await chat.connection.ask('create_room', {
        name: tidy(name.input.value), kind: closed.input.checked ? 'private' : 'public',
        ...(tidy(topic.input.value) === '' ? {} : { topic: tidy(topic.input.value) }),
      });
      if (!reply.ok && reply.code === 'conflict') { name.fail(reply.error); return ''; }
      if (!reply.ok) return reply.error;
      chat.enterNew(reply.room);
      return undefined;
    },
  });
}

function option(value: string, words: string, hint: string, checked: boolean): { element: HTMLElement; input: HTMLInputElement } {
  const input = el('input', { type: 'radio', name: 'kind', value });
  input.checked = checked;
  return { input, element: el('label', { class: 'option' }, input, el('span', {}, el('span', { class: 'strong' }, words), el('span', { class: 'soft' }, hint))) };
}
