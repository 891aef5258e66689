// One stock client in one room, which it enters again whenever it is connected again, and may talk in.
import { setTimeout as pause } from "node:timers/promises";
import { io } from "socket.io-client";

/** Longer than the server's own limits: a publish that is still open then hangs. */
const ackLimit = 25_000;

export class Member {
  view = null;
  #connections = 0;
  #journal;

  constructor(name, { url, room, transports, journal }) {
    Object.assign(this, { name, room, transport: transports.at(-1) });
    this.#journal = journal;
    this.socket = io(url, { forceNew: true, transports });
    this.socket.on("connect", () => this.#enter());
    this.socket.on("said", (content) => this.view?.contents.push(content));
    this.socket.on("disconnect", (reason) => {
      // A connection that was lost before the server let it in had none.
      if (this.view) {
        this.view.ended = reason;
        this.view = null;
      }
    });
  }

  get isIn() {
    return Boolean(this.view?.joinedAt);
  }

  /** Publishes once, and tells what became of it. */
  async say() {
    const publish = this.#journal.begin(this.view);
    try {
      const { error, neverSent } = await this.socket.timeout(ackLimit).emitWithAck("say", this.room, publish.content);
      const failure = neverSent ? "NeverSent" : "Failed";
      return this.#journal.settle(publish, error ? failure : "Confirmed", error);
    } catch (error) {
      const isLate = error.message === "operation has timed out";
      return this.#journal.settle(publish, isLate ? "TimedOut" : "Disconnected", error.message);
    }
  }

  /** Publishes several at a time, without waiting in between, until it is told to stop. */
  async talk({ burst, period, signal }) {
    while (!signal.aborted) {
      if (this.isIn) {
        await Promise.all(Array.from({ length: burst }, () => this.say()));
      }
      await pause(period);
    }
  }

  async #enter() {
    const view = this.#journal.open(`${this.name}/${++this.#connections}`, this.room, this.transport);
    this.view = view;
    while (this.view === view && !view.joinedAt) {
      try {
        const { node, error } = await this.socket.timeout(ackLimit).emitWithAck("join", this.room);
        view.node = node;
        if (!error) {
          this.#journal.joined(view);
        }
      } catch {
        // Disconnected: it enters again with the next connection. Or no answer in time: asked again.
      }
    }
  }
}
