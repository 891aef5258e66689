// Who this tab is, and where it was, so that a reload comes back to the same place. Nothing else is stored.

export interface Session {
  clientId: string;
  name: string;
  rooms: string[];
  current: string | undefined;
}

const sessionKey = 'akkachat.session';
const nameKey = 'akkachat.name';

export function randomHex(bytes: number): string {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return Array.from(values, (value) => value.toString(16).padStart(2, '0')).join('');
}

export function newSession(name: string): Session {
  return { clientId: randomHex(16), name, rooms: [], current: undefined };
}

/** Per tab: two tabs are two people. */
export function loadSession(): Session | undefined {
  const stored = guarded(() => sessionStorage.getItem(sessionKey));
  if (!stored) return undefined;
  try {
    const session = JSON.parse(stored) as Partial<Session>;
    if (typeof session.name !== 'string' || typeof session.clientId !== 'string') return undefined;
    const rooms = Array.isArray(session.rooms) ? session.rooms.filter((room) => typeof room === 'string') : [];
    return { clientId: session.clientId, name: session.name, rooms, current: session.current };
  } catch {
    return undefined;
  }
}

export function saveSession(session: Session): void {
  guarded(() => sessionStorage.setItem(sessionKey, JSON.stringify(session)));
}

export function forgetSession(): void {
  guarded(() => sessionStorage.removeItem(sessionKey));
}

/** The name last used in this browser, to be offered again. */
export function lastName(): string {
  return guarded(() => localStorage.getItem(nameKey)) ?? '';
}

export function rememberName(name: string): void {
  guarded(() => localStorage.setItem(nameKey, name));
}

/** Storage can be switched off; the page then works without it. */
function guarded<T>(use: () => T): T | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
