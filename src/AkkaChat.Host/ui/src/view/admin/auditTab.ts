import { http, wordsOf } from '../../http.js';
import type { AuditEntry } from '../../protocol.js';
import { dateTimeOf } from '../../words.js';
import { button, el, setHidden } from '../dom.js';
import { tell } from '../toast.js';
import type { Tab } from './adminPage.js';
import { row, Table } from './table.js';

export class AuditTab implements Tab {
  readonly element: HTMLElement;
  readonly #table = new Table('Audit log', ['Time', 'Who', 'What', 'Whom or where', 'Details'], 'Nothing was done yet.');
  readonly #more = button('Show earlier', 'button', () => void this.#earlier());
  #last: string | undefined;

  constructor() {
    setHidden(this.#more, true);
    this.element = el('section', {}, this.#table.element, this.#more);
  }

  async load(): Promise<void> {
    const { entries } = await http.audit();
    this.#table.show(entries.map(rowOf));
    this.#noteLast(entries);
  }

  async #earlier(): Promise<void> {
    try {
      const { entries } = await http.audit(this.#last);
      this.#table.add(entries.map(rowOf));
      this.#noteLast(entries);
    } catch (error) {
      tell(wordsOf(error), 'bad');
    }
  }

  #noteLast(entries: readonly AuditEntry[]): void {
    this.#last = entries.at(-1)?.id ?? this.#last;
    setHidden(this.#more, entries.length === 0);
  }
}

function rowOf({ at, actor, action, target, room, details }: AuditEntry): HTMLTableRowElement {
  const about = [target, room].filter(Boolean).join(' · ');
  return row(el('time', { datetime: new Date(at).toISOString() }, dateTimeOf(at)), actor?.name ?? 'The server',
    action.replaceAll('_', ' '), about || '–', details ?? '');
}
