// What goes over plain HTTP: log-in, files, administration. Errors become words.

import type {
  AdminPerson, AdminRoom, AuditEntry, FileRef, Login, Overview, Person, Role, Room, Site,
} from './protocol.js';

/** What the server said no with; `field` names the input that is wrong. */
export class HttpError extends Error {
  readonly code: string;
  readonly field: string | undefined;
  readonly status: number;

  constructor(status: number, code: string, words: string, field?: string) {
    super(words);
    this.status = status;
    this.code = code;
    this.field = field;
  }
}

export interface AdminPersonChange { role?: Role; banned?: boolean; mutedUntil?: number | null; reason?: string; password?: string }

export const http = {
  site: () => call<Site>('GET', '/api/site'),
  register: (name: string, password: string) => call<{ me: Person }>('POST', '/api/register', { name, password }),
  login: (name: string, password: string) => call<{ me: Person }>('POST', '/api/login', { name, password }),
  guest: (name: string) => call<{ me: Person }>('POST', '/api/guest', { name }),
  logout: () => call<void>('POST', '/api/logout', {}),
  logoutEverywhere: () => call<void>('POST', '/api/logout-everywhere', {}),
  password: (current: string, next: string) => call<void>('POST', '/api/password', { current, next }),
  logins: () => call<{ logins: Login[] }>('GET', '/api/tokens'),
  newToken: (label: string) => call<{ token: string; id: string }>('POST', '/api/tokens', { label }),
  endLogin: (id: string) => call<void>('DELETE', `/api/tokens/${encodeURIComponent(id)}`),
  exportPath: (room: string) => `/api/rooms/${encodeURIComponent(room)}/export`,
  importRoom: (json: string) => call<{ room: Room }>('POST', '/api/rooms/import', undefined, json),
  overview: () => call<Overview>('GET', '/api/admin/overview'),
  adminPeople: (query: string, after = '') =>
    call<{ people: AdminPerson[] }>('GET', `/api/admin/people?${new URLSearchParams({ query, ...(after ? { after } : {}) }).toString()}`),
  changePerson: (id: string, change: AdminPersonChange) =>
    call<{ person: AdminPerson }>('POST', `/api/admin/people/${encodeURIComponent(id)}`, change),
  removePerson: (id: string) => call<void>('DELETE', `/api/admin/people/${encodeURIComponent(id)}`),
  adminRooms: () => call<{ rooms: AdminRoom[] }>('GET', '/api/admin/rooms'),
  audit: (before?: string) => call<{ entries: AuditEntry[] }>('GET', `/api/admin/audit${before === undefined ? '' : `?before=${encodeURIComponent(before)}`}`),
};

async function call<T>(method: string, path: string, body?: unknown, raw?: string): Promise<T> {
  const sent = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  let response: Response;
  try {
    response = await fetch(path, {
      method,
      credentials: 'same-origin',
      // A form of another site can not send this header.
      headers: { 'X-AkkaChat': '1', ...(sent === undefined ? {} : { 'Content-Type': 'application/json' }) },
      ...(sent === undefined ? {} : { body: sent }),
    });
  } catch {
    throw new HttpError(0, 'offline', 'The server can’t be reached. Please try again.');
  }
  if (!response.ok) throw errorOf(response.status, await response.text().catch(() => ''));
  if (response.status === 204) return undefined as T;
  return await response.json() as T;
}

export interface Upload { done: Promise<FileRef>; cancel: () => void }

/** By XMLHttpRequest, which alone tells how far it has come. */
export function upload(file: File, progress: (part: number) => void): Upload {
  const request = new XMLHttpRequest();
  const done = new Promise<FileRef>((resolve, reject) => {
    request.upload.addEventListener('progress', ({ loaded, total }) => progress(total > 0 ? loaded / total : 0));
    request.addEventListener('error', () => reject(new HttpError(0, 'offline', 'The upload was interrupted.')));
    request.addEventListener('abort', () => reject(new HttpError(0, 'cancelled', 'Cancelled.')));
    request.addEventListener('load', () => {
      const uploaded = request.status === 200 ? parsed<{ file?: FileRef }>(request.responseText)?.file : undefined;
      if (uploaded) resolve(uploaded);
      else reject(errorOf(request.status, request.responseText));
    });
    request.open('POST', `/api/uploads?name=${encodeURIComponent(file.name || 'file')}`);
    request.setRequestHeader('X-AkkaChat', '1');
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.send(file);
  });
  return { done, cancel: () => request.abort() };
}

const words: Record<number, string> = {
  401: 'Please log in.', 403: 'That is not allowed.', 404: 'That does not exist any more.',
  413: 'That is too large.', 415: 'Files of this type are not taken.', 429: 'Too many tries. Please wait a moment.',
};

function errorOf(status: number, text: string): HttpError {
  const answer = parsed<{ code?: string; error?: string; field?: string }>(text);
  return new HttpError(status, answer?.code ?? String(status),
    answer?.error ?? words[status] ?? 'That did not work. Please try again.', answer?.field);
}

function parsed<T>(text: string): T | undefined {
  try {
    return JSON.parse(text) as T;
  } catch {
    return undefined;
  }
}

/** The words for whatever was thrown. */
export function wordsOf(error: unknown): string {
  return error instanceof HttpError ? error.message : 'That did not work. Please try again.';
}
