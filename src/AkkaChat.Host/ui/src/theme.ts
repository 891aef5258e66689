// Light, dark, or as the system has it: one attribute, which the style sheet goes by.

import { theme as stored, type Theme } from './storage.js';

const dark = matchMedia('(prefers-color-scheme: dark)');

export function currentTheme(): Theme {
  return stored.load();
}

export function setTheme(theme: Theme): void {
  stored.save(theme);
  showTheme();
}

export function showTheme(): void {
  const theme = stored.load();
  const shown = theme === 'system' ? dark.matches ? 'dark' : 'light' : theme;
  document.documentElement.dataset['theme'] = shown;
  for (const meta of document.querySelectorAll<HTMLMetaElement>('meta[name=theme-color]')) meta.content = shown === 'dark' ? '#101416' : '#f3f5f6';
}

dark.addEventListener('change', showTheme);
