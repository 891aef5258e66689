// Puts the parts together and draws at most once per frame.

import { Chat } from './chat.js';
import { totalUnread, currentRoom } from './state.js';
import { Banner, Me } from './view/banner.js';
import { Composer } from './view/composer.js';
import { Conversation } from './view/conversation.js';
import { byId, setAttribute, setHidden, setText } from './view/dom.js';
import { People } from './view/people.js';
import { RoomList } from './view/roomList.js';
import { Welcome } from './view/welcome.js';

const narrow = matchMedia('(max-width: 719px)');
const touch = matchMedia('(pointer: coarse)');

const chat: Chat = new Chat(draw, () =>
  document.visibilityState === 'visible' && (chat.state.pane === 'talk' || !narrow.matches));

const page = byId('chat', HTMLElement);
const elsewhere = [byId('elsewhere', HTMLElement), byId('elsewhere-word', HTMLElement)] as const;
const composer = new Composer(chat);
const views = [
  new Welcome(chat), new RoomList(chat, goOn), new Conversation(chat, goOn), new People(), new Banner(chat), new Me(), composer,
];

let drawing = false;
let wasChatting = false;

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
  const chatting = state.phase === 'chatting';
  setHidden(page, !chatting);
  setAttribute(page, 'data-pane', state.pane);
  for (const view of views) view.update(state);
  drawUnread();
  if (chatting && !wasChatting) goOn();
  wasChatting = chatting;
}

function drawUnread(): void {
  const total = totalUnread(chat.state);
  const others = total - (currentRoom(chat.state)?.unread ?? 0);
  setText(elsewhere[0], others === 0 ? '' : String(others));
  for (const element of elsewhere) setHidden(element, others === 0);
  const room = currentRoom(chat.state);
  const place = chat.state.phase === 'chatting' && room ? `${room.name} · AkkaChat` : 'AkkaChat';
  const title = total === 0 ? place : `(${total}) ${place}`;
  if (document.title !== title) document.title = title;
}

/** After choosing a room a person writes; on a touch screen that would open the keyboard unasked. */
function goOn(): void {
  requestAnimationFrame(() => {
    if (chat.state.current === undefined) document.querySelector<HTMLElement>('#more-rooms button')?.focus();
    else if (touch.matches) byId('room-title', HTMLElement).focus();
    else composer.focus();
  });
}

function onClick(id: string, act: () => void): void {
  byId(id, HTMLButtonElement).addEventListener('click', act);
}

onClick('show-rooms', () => chat.show('rooms'));
onClick('nothing-rooms', () => chat.show('rooms'));
onClick('show-people', () => chat.show(chat.state.pane === 'people' ? 'talk' : 'people'));
onClick('hide-people', () => chat.show('talk'));
onClick('sign-out', () => chat.signOut());

document.addEventListener('visibilitychange', () => {
  chat.looked();
  // A frame asked for in the foreground does not come in the background.
  if (drawing) drawNow();
  else draw();
});
addEventListener('online', draw);
addEventListener('offline', draw);
addEventListener('keydown', (event) => {
  if (!event.altKey || event.ctrlKey || event.metaKey || chat.state.phase !== 'chatting') return;
  if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
  event.preventDefault();
  chat.step(event.key === 'ArrowDown' ? 1 : -1);
  goOn();
});

chat.resume();
draw();
