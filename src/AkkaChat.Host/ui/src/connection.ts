// The one connection to the server: socket.io-client behind words that the rest of the page understands.

import { io, type Socket } from 'socket.io-client';
import type { Failed, Reply, Requests, ServerEvents } from './protocol.js';

export type LinkStatus =
  | { kind: 'idle' }
  | { kind: 'connecting'; failures: number }
  | { kind: 'online' }
  | { kind: 'reconnecting'; failures: number }
  | { kind: 'refused'; code: string | undefined; message: string };

export type Listeners = { [K in keyof ServerEvents]: ServerEvents[K] };

const ackTimeout = 10_000;
const notConnected: Failed = { ok: false, code: 'offline', error: 'You are not connected.' };
const noAnswer: Failed = { ok: false, code: 'unavailable', error: 'The server did not answer.' };

type AnyEmit = (event: string, request: unknown) => Promise<unknown>;

export class Connection {
  readonly #socket: Socket;
  readonly #statusChanged: (status: LinkStatus) => void;
  #status: LinkStatus = { kind: 'idle' };
  #comeBack: ReturnType<typeof setTimeout> | undefined;

  constructor(statusChanged: (status: LinkStatus) => void, listeners: Listeners) {
    this.#statusChanged = statusChanged;
    this.#socket = io({
      autoConnect: false,
      reconnectionDelay: 400,
      reconnectionDelayMax: 4_000,
      timeout: 8_000,
    });
    for (const [event, listener] of Object.entries(listeners)) this.#socket.on(event, listener as never);
    this.#listen();
  }

  get online(): boolean {
    return this.#status.kind === 'online';
  }

  open(): void {
    this.#to({ kind: 'connecting', failures: 0 });
    // A refused socket may still be in its manager's retry loop; connect() then only waits for it.
    this.#socket.disconnect().connect();
  }

  close(): void {
    clearTimeout(this.#comeBack);
    this.#to({ kind: 'idle' });
    this.#socket.disconnect();
  }

  /** Does not wait for the next try of its own. */
  tryNow(): void {
    if (this.#status.kind === 'reconnecting' && !this.#socket.connected) this.#socket.disconnect().connect();
  }

  /** Never throws, and never lets the client library keep an event for later: what cannot go now has failed. */
  async ask<K extends keyof Requests>(event: K, request: Requests[K][0]): Promise<Reply<Requests[K][1]>> {
    if (!this.#socket.connected) return notConnected;
    try {
      const emit: AnyEmit = (name, body) => this.#socket.timeout(ackTimeout).emitWithAck(name, body) as Promise<unknown>;
      return await emit(event, request) as Reply<Requests[K][1]>;
    } catch {
      return this.#socket.connected ? noAnswer : notConnected;
    }
  }

  #listen(): void {
    const socket = this.#socket;
    socket.on('connect', () => this.#to({ kind: 'online' }));
    socket.on('connect_error', (error: Error & { data?: { code?: string } }) => this.#connectFailed(error));
    socket.on('disconnect', (reason) => this.#disconnected(reason));
  }

  #connectFailed(error: Error & { data?: { code?: string } }): void {
    // An inactive socket was refused by the server itself; an active one is being retried by its manager.
    if (!this.#socket.active) return this.#to({ kind: 'refused', code: error.data?.code, message: error.message });
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
    this.#statusChanged(status);
  }
}
