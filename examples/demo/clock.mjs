// Waiting, at the pace that was asked for, until the demo is to end.
import { setTimeout as sleep } from "node:timers/promises";

export class Clock {
  #pace;
  #signal;

  constructor(pace, signal) {
    this.#pace = pace;
    this.#signal = signal;
  }

  get isOver() {
    return this.#signal.aborted;
  }

  /** Throws an AbortError when the demo ends in the meantime. */
  async wait(seconds) {
    await sleep((seconds * 1_000) / this.#pace, undefined, { signal: this.#signal });
  }
}
