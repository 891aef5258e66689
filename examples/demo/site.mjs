// The chat's HTTP (docs/chat-http.md), as far as the demo needs it.
import { setTimeout as sleep } from "node:timers/promises";

const startLimit = 60_000;
const answerLimit = 10_000;

/** What the server refused, with its code and its words for people. */
export class Refusal extends Error {
  constructor({ code, error = "The server refused that." }) {
    super(error);
    this.code = code;
  }
}

export class Site {
  constructor(url) {
    this.url = url;
  }

  async untilReady(signal) {
    for (const from = Date.now(); Date.now() - from < startLimit; ) {
      if (await this.#isReady()) return;
      await sleep(250, undefined, { signal });
    }
    throw new Error(`Nothing at ${this.url} says that it is ready.`);
  }

  /** Nobody has an account yet. */
  async isNew() {
    const { first } = await this.#send("GET", "/api/site");
    return first === true;
  }

  register(name, password) {
    return this.#comeIn("/api/register", name, password);
  }

  logIn(name, password) {
    return this.#comeIn("/api/login", name, password);
  }

  async logOut({ cookie }) {
    await this.#send("POST", "/api/logout", { cookie });
  }

  /** Of all rooms but direct ones; for administrators. */
  async roomNames({ cookie }) {
    const { rooms } = await this.#send("GET", "/api/admin/rooms", { cookie });
    return new Set(rooms.map(({ name }) => name));
  }

  /** Makes a room of an archive, as an export writes it. */
  async importRoom({ cookie }, archive) {
    return (await this.#send("POST", "/api/rooms/import", { cookie, body: archive })).room;
  }

  async upload({ cookie }, name, type, bytes) {
    const path = `/api/uploads?name=${encodeURIComponent(name)}`;
    return (await this.#send("POST", path, { cookie, bytes, type })).file;
  }

  async #isReady() {
    try {
      return (await fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(answerLimit) })).ok;
    } catch {
      return false;
    }
  }

  async #comeIn(path, name, password) {
    const answer = await this.#fetch("POST", path, { body: { name, password } });
    const [cookie] = (answer.headers.getSetCookie()[0] ?? "").split(";");
    return { me: (await answer.json()).me, cookie };
  }

  async #send(method, path, content) {
    const answer = await this.#fetch(method, path, content);
    return answer.status === 204 ? undefined : answer.json();
  }

  async #fetch(method, path, { cookie, body, bytes, type = "application/json" } = {}) {
    const answer = await fetch(this.url + path, {
      method,
      // The header says that this is no form of another site.
      headers: { "X-AkkaChat": "1", ...(cookie && { cookie }), ...(method === "POST" && { "Content-Type": type }) },
      body: bytes ?? (body && JSON.stringify(body)),
      signal: AbortSignal.timeout(answerLimit),
    });
    if (answer.ok) return answer;
    throw new Refusal(await answer.json().catch(() => ({ error: `The server answered with status ${answer.status}.` })));
  }
}
