import type { Chat } from '../../chat.js';
import { http, HttpError } from '../../http.js';
import { limits } from '../../protocol.js';
import { field, openDialog } from '../dialog.js';
import { el } from '../dom.js';
import { tell } from '../toast.js';

export function openPassword(chat: Chat): void {
  const password = (label: string, name: string, autocomplete: string, hint = '') =>
    field({ label, name, hint, attributes: { type: 'password', autocomplete, maxlength: String(limits.password) } });
  const current = password('Current password', 'current', 'current-password');
  const next = password('New password', 'next', 'new-password', `At least ${limits.passwordLeast} characters.`);
  // Password managers look for whose password it is.
  const whose = el('input', { type: 'text', name: 'username', autocomplete: 'username', value: chat.state.me.name, hidden: '', tabindex: '-1' });
  openDialog({
    title: 'Change password', submit: 'Change password', className: 'dialog-small',
    content: [whose, current.element, next.element, el('p', { class: 'soft' }, 'All your other log-ins end with it.')],
    async act() {
      current.fail('');
      next.fail('');
      if (next.input.value.length < limits.passwordLeast) return stop(() => next.fail(`Please take at least ${limits.passwordLeast} characters.`));
      try {
        await http.password(current.input.value, next.input.value);
        tell('Your password is changed.', 'good');
      } catch (error) {
        if (error instanceof HttpError && error.field === 'next') return stop(() => next.fail(error.message));
        if (error instanceof HttpError && (error.field === 'current' || error.code === 'wrong_credentials')) return stop(() => current.fail(error.message));
        throw error;
      }
      return undefined;
    },
  });
}

/** The field says it; the dialog stays open without words of its own. */
function stop(say: () => void): string {
  say();
  return '';
}
