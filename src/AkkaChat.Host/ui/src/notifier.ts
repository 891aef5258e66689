// Desktop notifications: for mentions and direct messages, when nobody looks, and only if they were switched on.

import type { Chat } from './chat.js';
import { plain } from './markdown.js';
import type { Message } from './protocol.js';
import { nameOf } from './state/people.js';
import { isMention, type RoomState } from './state/rooms.js';
import * as storage from './storage.js';

export class Notifier {
  readonly #chat: Chat;

  constructor(chat: Chat) {
    this.#chat = chat;
  }

  get on(): boolean {
    return 'Notification' in window && Notification.permission === 'granted' && storage.notifications.load();
  }

  /** Only now is the person asked. Returns what to tell them, if it can not be. */
  async switchTo(on: boolean): Promise<string | undefined> {
    if (!on) return void storage.notifications.save(false);
    if (!('Notification' in window)) return 'This browser has no notifications.';
    const permission = await Notification.requestPermission();
    if (permission !== 'granted') return 'The browser does not allow notifications for this page. You can change that in its settings.';
    storage.notifications.save(true);
    return undefined;
  }

  tell(room: RoomState, message: Message, looking: boolean): void {
    const { state } = this.#chat;
    if (!this.on || looking || document.hasFocus() || !isMention(room, message, state.me.id)) return;
    const name = nameOf(state.people, message.by);
    const title = room.info.kind === 'direct' ? name : `${name} in #${room.info.name}`;
    const body = plain(message.text).slice(0, 200) || (message.files ? 'sent a file' : '');
    try {
      const notification = new Notification(title, { body, tag: room.id });
      notification.onclick = () => {
        window.focus();
        this.#chat.open({ page: 'room', room: room.id, message: message.id });
        notification.close();
      };
    } catch {
      // Browsers on phones have the permission, but leave notifications to service workers.
    }
  }
}
