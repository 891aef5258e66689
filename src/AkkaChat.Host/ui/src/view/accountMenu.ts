// The menu of the person: presence, looks, notifications, log-ins, and the way out.

import type { Chat } from '../chat.js';
import { currentTheme, setTheme } from '../theme.js';
import type { Theme } from '../storage.js';
import { confirm } from './dialog.js';
import { openHelp } from './dialogs/help.js';
import { openLogins } from './dialogs/logins.js';
import { openPassword } from './dialogs/password.js';
import { openMenu, type MenuEntry } from './menu.js';
import { tell } from './toast.js';

const themes: readonly (readonly [Theme, string])[] = [['system', 'Like the system'], ['light', 'Light'], ['dark', 'Dark']];

export function openAccountMenu(anchor: HTMLElement, chat: Chat): void {
  const { me } = chat.state;
  const account: MenuEntry[] = me.guest ? [] : [
    { label: 'Log-ins and tokens', icon: 'key', act: () => openLogins(chat) },
    { label: 'Change password', icon: 'lock', act: () => openPassword(chat) },
  ];
  openMenu(anchor, 'Account', [
    { title: 'Presence' },
    { label: 'Online', checked: !chat.reading.chosenAway, act: () => chat.reading.choose(false) },
    { label: 'Away', checked: chat.reading.chosenAway, act: () => chat.reading.choose(true) },
    'line', { title: 'Theme' },
    ...themes.map(([theme, label]) => ({ label, checked: currentTheme() === theme, act: () => setTheme(theme) })),
    'line',
    { label: chat.notifier.on ? 'Turn notifications off' : 'Turn notifications on', icon: 'bell', act: () => void switchNotifications(chat) },
    ...account,
    ...(me.role === 'administrator' ? [{ label: 'Administration', icon: 'shield', act: () => chat.open({ page: 'admin', tab: 'people' }) }] : []),
    { label: 'Keys and formatting', icon: 'help', act: openHelp },
    'line',
    { label: 'Log out', icon: 'exit', act: () => void chat.logout(false) },
    ...(me.guest ? [] : [{ label: 'Log out everywhere', icon: 'exit', act: () => askEverywhere(chat) }]),
  ]);
}

async function switchNotifications(chat: Chat): Promise<void> {
  const on = !chat.notifier.on;
  const refused = await chat.notifier.switchTo(on);
  tell(refused ?? (on ? 'You are notified of mentions and direct messages.' : 'Notifications are off.'), refused ? 'bad' : 'good');
}

function askEverywhere(chat: Chat): void {
  confirm('Log out everywhere', 'This ends all your log-ins: on this device, on all others, and of your programs.', 'Log out everywhere', async () => {
    await chat.logout(true);
  });
}
