// Puts the parts together and draws at most once per frame.

import { Chat } from './chat.js';
import { parseRoute } from './route.js';
import { sections } from './state/rooms.js';
import { currentRoom, type State } from './state/state.js';
import { showTheme } from './theme.js';
import { AdminPage } from './view/admin/adminPage.js';
import { Conversation } from './view/conversation.js';
import { el, setAttribute, setHidden, setText } from './view/dom.js';
import { LoginScreen } from './view/login.js';
import { closeMenu } from './view/menu.js';
import { showTab } from './view/page.js';
import { PeoplePanel } from './view/people.js';
import { SearchPanel } from './view/searchPanel.js';
import { Sidebar } from './view/sidebar.js';
import { openSwitcher } from './view/switcher.js';

const narrow = matchMedia('(max-width: 719px)');
const touch = matchMedia('(pointer: coarse)');

const chat: Chat = new Chat({ draw, seesEnd, atEnd: () => conversation.atEnd });
const login = new LoginScreen(chat);
const conversation = new Conversation(chat);
const views = [login, new Sidebar(chat), conversation, new AdminPage(chat), new PeoplePanel(chat), new SearchPanel(chat)] as const;
const skip = el('a', { class: 'skip-link', href: '#text' }, 'Skip to the message box');
const page = el('div', { class: 'chat', hidden: '' }, skip, ...views.slice(1).map(({ element }) => element));
const starting = el('p', { class: 'starting-note', role: 'status' });
document.body.append(starting, login.element, page);

let drawing = false;
let shownRoom: string | undefined;

/** A page in the background gets no frames, but its title counts on. */
function draw(): void {
  if (drawing) return;
  drawing = true;
  if (document.visibilityState === 'visible') requestAnimationFrame(drawNow);
  else setTimeout(drawNow, 100);
}

function drawNow(): void {
  drawing = false;
  const { state } = chat;
  setHidden(page, state.phase !== 'chat');
  setHidden(starting, state.phase !== 'starting');
  setText(starting, state.startNote);
  setAttribute(page, 'data-pane', paneOf(state));
  setAttribute(page, 'data-panel', isPanelShown(state) ? state.panel : undefined);
  for (const view of views) view.update(state);
  showTab(state);
  const room = currentRoom(state)?.id;
  if (room !== shownRoom && state.phase === 'chat') goOn(room);
  shownRoom = room;
}

function isPanelShown(state: State): boolean {
  return state.route.page !== 'admin' && (state.panel === 'search' || currentRoom(state) !== undefined);
}

/** What a narrow screen shows. */
function paneOf(state: State): string {
  if (state.route.page === 'home') return 'rooms';
  return state.route.page === 'room' && state.panel !== undefined ? 'panel' : 'talk';
}

function seesEnd(): boolean {
  return document.visibilityState === 'visible' && document.hasFocus() && conversation.atEnd
    && (!narrow.matches || paneOf(chat.state) === 'talk');
}

/** After choosing a room a person writes; on a touch screen that would open the keyboard unasked. */
function goOn(room: string | undefined): void {
  closeMenu();
  if (room === undefined || document.querySelector('dialog:modal') || chat.state.panel === 'search') return;
  requestAnimationFrame(() => {
    if (touch.matches) conversation.focusTitle();
    else conversation.composer.focus();
  });
}

/** The next or previous of the person's rooms. */
function step(by: 1 | -1): void {
  const { rooms, direct } = sections(chat.state.rooms.values());
  const all = [...rooms, ...direct];
  const at = all.findIndex((room) => room === currentRoom(chat.state));
  const next = all[(at + by + all.length) % all.length];
  if (next) chat.open({ page: 'room', room: next.id });
}

/** Alt and an arrow open the list of a select or the calendar of a date; and behind a dialog no room changes. */
function opensItsList(target: EventTarget | null): boolean {
  return target instanceof HTMLSelectElement || document.querySelector('dialog:modal') !== null;
}

skip.addEventListener('click', (event) => { event.preventDefault(); conversation.composer.focus(); });
addEventListener('hashchange', () => chat.go(parseRoute(location.hash)));
addEventListener('focus', () => chat.reading.looked());
document.addEventListener('visibilitychange', () => {
  chat.reading.looked();
  // A frame asked for in the foreground does not come in the background.
  if (drawing) drawNow();
  else draw();
});
addEventListener('online', () => { chat.connection.tryNow(); draw(); });
addEventListener('offline', draw);
addEventListener('keydown', (event) => {
  if (chat.state.phase !== 'chat') return;
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
    event.preventDefault();
    openSwitcher(chat);
  } else if (event.altKey && (event.key === 'ArrowUp' || event.key === 'ArrowDown') && !opensItsList(event.target)) {
    event.preventDefault();
    step(event.key === 'ArrowDown' ? 1 : -1);
  }
});

showTheme();
void chat.start();
draw();
