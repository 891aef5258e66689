// The title and the icon of the tab: what is unread, seen from elsewhere.

import type { State } from '../state/state.js';
import { currentRoom } from '../state/state.js';
import { totals } from '../state/rooms.js';
import { spokenTitle } from './roomTitle.js';

const link = document.querySelector<HTMLLinkElement>('link[rel=icon]');
const plainIcon = link?.getAttribute('href') ?? '';
const dottedIcon = link?.dataset['unread'] ?? plainIcon;

export function showTab(state: State): void {
  const { unread, badge } = totals(state.rooms.values());
  const title = titleOf(state);
  const counted = unread > 0 ? `(${unread > 999 ? '999+' : unread}) ${title}` : title;
  if (document.title !== counted) document.title = counted;
  const icon = badge > 0 ? dottedIcon : plainIcon;
  if (link && link.getAttribute('href') !== icon) link.setAttribute('href', icon);
}

function titleOf(state: State): string {
  if (state.phase !== 'chat') return state.phase === 'login' ? 'Log in · AkkaChat' : 'AkkaChat';
  if (state.route.page === 'admin') return 'Administration · AkkaChat';
  const room = currentRoom(state);
  return room ? `${spokenTitle(room.info)} · AkkaChat` : 'AkkaChat';
}
