// The one connection to the server: socket.io-client behind words that the rest of the page understands.

import { io, type Socket } from 'socket.io-client';
import type {
  ClientEvents, Failed, Identity, JoinAck, LeaveAck, MembershipEvent, MessageAck, Reply, RoomCount, ServerEvents, WireMessage,
} from './protocol.js';

export type LinkStatus =
  | { kind: 'idle' }
  | { kind: 'connecting'; failures: number }
  | { kind: 'online' }
  | { kind: 'reconnecting'; failures: number }
  | { kind: 'refused'; message: string }
  | { kind: 'replaced' };

export interface ConnectionEvents {
  status(status: LinkStatus): void;
  rooms(counts: RoomCount[]): void;
  joined(event: MembershipEvent): void;
  left(event: MembershipEvent): void;
  message(message: WireMessage): void;
}

const ackTimeout = 10_000;
const notConnected: Failed = { ok: false, error: 'You are not connected.' };

export class Connection {
  readonly #socket: Socket<ServerEvents, ClientEvents>;
  readonly #events: ConnectionEvents;
  #identity: Identity | undefined;
  #status: LinkStatus = { kind: 'idle' };
  #comeBack: ReturnType<typeof setTimeout> | undefined;

  constructor(events: ConnectionEvents) {
    this.#events = events;
    this.#socket = io({
      autoConnect: false,
      auth: (answer) => answer({ ...this.#identity }),
      reconnectionDelay: 400,
      reconnectionDelayMax: 3_000,
      timeout: 8_000,
    });
    this.#listen();
  }

  get online(): boolean {
    return this.#status.kind === 'online';
  }

  open(identity: Identity): void {
    this.#identity = identity;
    this.#to({ kind: 'connecting', failures: 0 });
    // A refused socket may still be in its manager's retry loop; connect() then only waits for it.
    this.#socket.disconnect().connect();
  }

  close(): void {
    clearTimeout(this.#comeBack);
    this.#to({ kind: 'idle' });
    this.#socket.disconnect();
  }

  join(room: string): Promise<Reply<JoinAck>> {
    return this.#ask(() => this.#socket.timeout(ackTimeout).emitWithAck('join', { room }));
  }

  leave(room: string): Promise<Reply<LeaveAck>> {
    return this.#ask(() => this.#socket.timeout(ackTimeout).emitWithAck('leave', { room }));
  }

  send(room: string, text: string, key: string): Promise<Reply<MessageAck>> {
    return this.#ask(() => this.#socket.timeout(ackTimeout).emitWithAck('message', { room, text, key }));
  }

  /** Never throws, and never lets the client library keep an event for later: what cannot go now has failed. */
  async #ask<T>(emit: () => Promise<Reply<T>>): Promise<Reply<T>> {
    if (!this.#socket.connected) return notConnected;
    try {
      return await emit();
    } catch {
      return { ok: false, error: 'The server did not answer.' };
    }
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('connect', () => this.#to({ kind: 'online' }));
    socket.on('connect_error', (error) => this.#connectFailed(error.message));
    socket.on('disconnect', (reason) => this.#disconnected(reason));
    socket.on('rooms', (counts) => this.#events.rooms(counts));
    socket.on('joined', (event) => this.#events.joined(event));
    socket.on('left', (event) => this.#events.left(event));
    socket.on('message', (message) => this.#events.message(message));
    socket.on('replaced', () => {
      this.#to({ kind: 'replaced' });
      socket.disconnect();
    });
  }

  #connectFailed(message: string): void {
    // An inactive socket was refused by the server itself; an active one is being retried by its manager.
    if (!this.#socket.active) return this.#to({ kind: 'refused', message });
    if (this.#status.kind === 'connecting' || this.#status.kind === 'reconnecting') {
      this.#to({ kind: this.#status.kind, failures: this.#status.failures + 1 });
    }
  }

  #disconnected(reason: string): void {
    if (this.#status.kind !== 'online') return;
    this.#to({ kind: 'reconnecting', failures: 0 });
    // The library comes back by itself from every loss but a DISCONNECT packet, which a closing server may send.
    if (reason === 'io server disconnect') {
      this.#comeBack = setTimeout(() => this.#socket.connect(), 500 + Math.random() * 1_000);
    }
  }

  #to(status: LinkStatus): void {
    this.#status = status;
    this.#events.status(status);
  }
}
