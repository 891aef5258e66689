// Waiting for what must happen, each time with a limit and a name for what did not come.
const limit = 15_000;

/** Events that a disconnection does not prevent. */
const lifeCycle = new Set(["connect", "disconnect", "reconnect", "open", "close"]);

/** The promise's outcome, or an error that says what was waited for. */
export async function within(promise, milliseconds, what) {
  let timer;
  const late = new Promise((_, reject) => {
    const message = typeof what === "function" ? what : () => what;
    timer = setTimeout(() => reject(new Error(`not within ${milliseconds} ms: ${message()}`)), milliseconds);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** The arguments of an emitter's next event; a client that is disconnected meanwhile waits no longer. */
export function event(emitter, name, milliseconds = limit) {
  const happened = new Promise((resolve, reject) => {
    emitter.once(name, (...args) => resolve(args));
    if (!lifeCycle.has(name)) {
      emitter.once("disconnect", (reason) => reject(new Error(`disconnected (${reason}) before event ${name}`)));
    }
  });
  return within(happened, milliseconds, `event ${name}`);
}

/** Emits with an ack; the answers. */
export function ask(socket, name, ...args) {
  const answered = new Promise((resolve) => socket.emit(name, ...args, (...answers) => resolve(answers)));
  return within(answered, limit, () => `ack of ${name} (${socket.ended ?? "still connected"})`);
}

/** Emits with an ack of one argument; the argument. */
export async function get(socket, name, ...args) {
  const [answer] = await ask(socket, name, ...args);
  return answer;
}

/** Everything that comes by an event from now on. */
export class Inbox {
  #waiting = [];

  constructor(emitter, name, select = (...args) => args) {
    this.name = name;
    this.items = [];
    emitter.on(name, (...args) => {
      this.items.push(select(...args));
      this.#waiting = this.#waiting.filter((check) => !check());
    });
  }

  /** The items, as soon as they fulfil a condition. */
  when(condition, what, milliseconds = limit) {
    const fulfilled = new Promise((resolve) => {
      const check = () => condition(this.items) && (resolve(this.items), true);
      if (!check()) {
        this.#waiting.push(check);
      }
    });
    return within(fulfilled, milliseconds, () => `${this.name}: ${what} (there are ${this.items.length})`);
  }

  count(number) {
    return this.when((items) => items.length >= number, `${number} of them`);
  }
}
