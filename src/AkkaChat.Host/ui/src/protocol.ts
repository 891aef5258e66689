// What goes over the wire, and the limits that the server enforces (Chat/ChatRules.cs says the same in C#).

export const limits = { name: 32, room: 64, text: 4000 } as const;

/** Rooms offered to everybody. The first one is where a newcomer begins. */
export const suggestedRooms = ['lobby', 'ideas', 'help', 'off-topic'] as const;

export interface Identity {
  name: string;
  /** Known to this tab only: proves that a stale connection under the same name is ours to take over. */
  clientId: string;
}

export interface Member { name: string }
export interface RoomCount { room: string; members: number }
/** Of two lists of a room's members the one with the higher version is the newer. */
export interface MembershipEvent { room: string; name: string; members: Member[]; version: number }
export interface WireMessage { id: string; room: string; name: string; text: string; at: number }

export interface Failed { ok: false; error: string }
export interface JoinAck { ok: true; room: string; members: Member[]; version: number }
export interface LeaveAck { ok: true }
export interface MessageAck { ok: true; id: string; at: number }
export type Reply<T> = T | Failed;

export interface ServerEvents {
  rooms: (counts: RoomCount[]) => void;
  joined: (event: MembershipEvent) => void;
  left: (event: MembershipEvent) => void;
  message: (message: WireMessage) => void;
  /** The same client connected again (a duplicated tab); this connection is being closed. */
  replaced: () => void;
}

export interface ClientEvents {
  join: (request: { room: string }, ack: (reply: Reply<JoinAck>) => void) => void;
  leave: (request: { room: string }, ack: (reply: Reply<LeaveAck>) => void) => void;
  message: (request: { room: string; text: string; key: string }, ack: (reply: Reply<MessageAck>) => void) => void;
}

/** Trimmed and composed, as the server will keep it. A half emoji (a lone surrogate) becomes U+FFFD. */
export function tidy(text: string): string {
  return text.toWellFormed().trim().normalize('NFC');
}

/** Names and rooms that differ in case only are the same. */
export function sameKey(name: string): string {
  return tidy(name).toLowerCase();
}
