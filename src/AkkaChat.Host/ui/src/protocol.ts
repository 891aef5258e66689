// What goes over the wire, and the limits that the server enforces (Chat/ChatRules.cs says the same in C#).

export const limits = {
  name: 32, nameLeast: 2, room: 64, topic: 250, text: 4000, passwordLeast: 8, password: 256,
  files: 10, uploadBytes: 10 * 1024 * 1024, reactions: 20, page: 50, replayed: 200,
} as const;

export type Role = 'member' | 'moderator' | 'administrator';
export type RoomRole = 'owner' | 'moderator' | 'member';
export type RoomKind = 'public' | 'private' | 'direct';
export type Presence = 'online' | 'away';

/** Of each person the devices that are connected; the ref tells one from another. */
export interface Device { ref: string; status: Presence }
export type Devices = Record<string, Device[]>;

export interface Position { epoch: string; offset: number }
export interface Person { id: string; name: string; role: Role; guest?: boolean; removed?: boolean }

export interface Room {
  id: string;
  kind: RoomKind;
  name: string;
  topic: string;
  archived?: boolean;
  createdBy: string;
  createdAt: number;
}

export interface MyRoom extends Room {
  role: RoomRole;
  readTo: number;
  unread: number;
  mentions: number;
  lastAt?: number;
  other?: Person;
  mutedUntil?: number | null;
  /** Up to which change unread and mentions are counted; absent if there was none yet. */
  position?: Position;
}

export interface FileRef { id: string; name: string; type: string; size: number; width?: number; height?: number; url: string }
export interface Quote { id: number; by: string; text: string }
export interface Reaction { emoji: string; by: string[] }

export interface Notice {
  what: 'created' | 'joined' | 'left' | 'removed' | 'renamed' | 'topic' | 'archived' | 'unarchived' | 'role';
  person?: string;
  text?: string;
}

export interface Message {
  /** The offset of the change that made it. */
  id: number;
  room: string;
  by: string;
  at: number;
  text: string;
  /** The offset of its last change. */
  version: number;
  key?: string;
  replyTo?: Quote;
  files?: FileRef[];
  editedAt?: number;
  deletedAt?: number;
  deletedBy?: string;
  reactions?: Reaction[];
  mentions?: string[];
  notice?: Notice;
}

export type Change =
  | { kind: 'message'; message: Message }
  | { kind: 'edited'; id: number; text: string; mentions?: string[]; by: string; at: number }
  | { kind: 'deleted'; id: number; by: string; at: number }
  | { kind: 'reacted' | 'unreacted'; id: number; emoji: string; by: string; at: number }
  | { kind: 'room'; room: Room; message?: Message }
  | { kind: 'member'; person: Person; role: RoomRole | null; message?: Message }
  | { kind: 'nothing' };

export interface Welcome { me: Person; rooms: MyRoom[]; people: Person[] }
export interface ReadMark { room: string; readTo: number; unread: number; mentions: number }
export interface History { messages: Message[]; position: Position; older: boolean; newer: boolean }
export interface HistoryAsk { before?: number; after?: number; around?: number; at?: number; limit?: number }
export interface Entered { isContinuous: boolean; position: Position; members: { id: string; role: RoomRole; mutedUntil?: number }[] }
export interface Hit { room: string; message: Message }
export interface ListedRoom extends Room { members: number }

export type FailureCode = 'not_allowed' | 'not_found' | 'invalid' | 'conflict' | 'muted' | 'too_many' | 'archived' | 'unavailable';
export interface Failed { ok: false; code: FailureCode | 'offline'; error: string }
export type Reply<T> = ({ ok: true } & T) | Failed;

type None = Record<never, never>;

/** Each request with what the server answers. */
export interface Requests {
  enter: [{ room: string; since?: Position; limit?: number }, Entered];
  history: [{ room: string } & HistoryAsk, History];
  say: [{ room: string; key: string; text: string; replyTo?: number; files?: string[] }, { id: number; at: number; position: Position }];
  edit: [{ room: string; id: number; text: string }, None];
  delete: [{ room: string; id: number }, None];
  react: [{ room: string; id: number; emoji: string; on: boolean }, None];
  read: [{ room: string; to: number }, { unread: number; mentions: number }];
  typing: [{ room: string }, None];
  away: [{ away: boolean }, None];
  search: [{ query: string; room?: string; before?: number; limit?: number }, { results: Hit[]; next?: number }];
  people: [{ ids: string[] }, { people: Person[] }];
  find_people: [{ query: string; limit?: number }, { people: Person[] }];
  rooms: [{ after?: string }, { rooms: ListedRoom[]; next?: string }];
  create_room: [{ name: string; kind: 'public' | 'private'; topic?: string }, { room: MyRoom }];
  direct: [{ person: string }, { room: MyRoom }];
  join_room: [{ room: string }, { room: MyRoom }];
  leave_room: [{ room: string }, None];
  invite: [{ room: string; person: string }, None];
  remove: [{ room: string; person: string; ban?: boolean; reason?: string }, None];
  set_role: [{ room: string; person: string; role: RoomRole }, None];
  mute: [{ room: string; person: string; until: number | null }, None];
  change_room: [{ room: string; name?: string; topic?: string; archived?: boolean }, { room: Room }];
  delete_room: [{ room: string }, None];
}

export interface ServerEvents {
  welcome: (welcome: Welcome) => void;
  change: (room: string, change: Change, position: Position) => void;
  room_added: (room: MyRoom) => void;
  room_removed: (event: { room: string; reason: 'left' | 'removed' | 'deleted' }) => void;
  room_listed: (room: Room) => void;
  room_unlisted: (event: { room: string }) => void;
  read: (mark: ReadMark) => void;
  people: (people: Person[]) => void;
  presence_state: (room: string, present: Devices) => void;
  presence_diff: (room: string, difference: { joins: Devices; leaves: Devices }) => void;
  typing: (event: { room: string; person: string }) => void;
  signed_out: (event: { reason: 'logout' | 'banned' | 'removed' | 'password' }) => void;
  muted: (event: { room?: string; until: number | null }) => void;
  member_muted: (event: { room: string; person: string; until: number | null }) => void;
}

// What HTTP answers.

export interface Site {
  name: string;
  guests: boolean;
  registration: boolean;
  /** Nobody has an account yet: whoever registers now administers the site. */
  first?: boolean;
  limits?: { uploadBytes?: number };
  me: Person | null;
}

export interface Login { id: string; kind: 'browser' | 'program'; label: string; createdAt: number; lastUsedAt: number; current: boolean }

export interface AdminPerson extends Person {
  createdAt: number;
  lastSeenAt?: number | null;
  bannedAt?: number | null;
  mutedUntil?: number | null;
  connections: number;
}

export interface AdminRoom extends Room { members: number; messages: number; lastAt?: number }
export interface AdminConnection { id: string; person: Person; since: number; transport: string; rooms: number }

export interface Overview {
  people: number;
  online: number;
  rooms: number;
  messages: number;
  nodes: number;
  connections: AdminConnection[];
}

export interface AuditEntry { id: string; at: number; actor: Person | null; action: string; room?: string; target?: string; details?: string }

/** Trimmed and composed, as the server will keep it. A half emoji (a lone surrogate) becomes U+FFFD. */
export function tidy(text: string): string {
  return text.toWellFormed().trim().normalize('NFC');
}

/** Names that differ in case only are the same. */
export function sameKey(name: string): string {
  return tidy(name).toLowerCase();
}
