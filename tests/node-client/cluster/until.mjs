import { setTimeout as pause } from "node:timers/promises";

const lookEvery = 20;

/** Waits until it is so; after the limit (ms) it fails, and says what was waited for. */
export async function until(isSo, limit, what) {
  const end = performance.now() + limit;
  while (!isSo()) {
    if (performance.now() > end) {
      throw new Error(`not within ${limit} ms: ${typeof what === "function" ? what() : what}`);
    }
    await pause(lookEvery);
  }
}
