// Somebody in the chat: one Socket.IO connection, and what can be done over it.
import { EventEmitter, once } from "node:events";
import { createRequire } from "node:module";
import { Refusal } from "./site.mjs";

// The build of the chat page installs the client; the demo has nothing of its own to install.
const { io } = createRequire(new URL("../../src/AkkaChat.Host/ui/package.json", import.meta.url))("socket.io-client");

const answerLimit = 10_000;

/** Emits "welcome" at each connect, "room" for each room that there is or comes, "said" (room id, message), "joined" (room id, person). */
export class Person extends EventEmitter {
  #site;
  #login;
  #socket;
  #keys = 0;

  /** @param login of site.register or site.logIn */
  constructor(site, login) {
    super();
    const { me, cookie } = login;
    this.#site = site;
    this.#login = login;
    this.me = me;
    this.rooms = new Map();
    this.#socket = io(site.url, { forceNew: true, autoConnect: false, transports: ["websocket"], extraHeaders: { cookie } });
    this.#socket.on("welcome", ({ rooms }) => this.#welcome(rooms));
    this.#socket.on("room_added", (room) => this.#add(room));
    this.#socket.on("room_removed", ({ room }) => this.rooms.delete(room));
    this.#socket.on("change", (room, change, position) => this.#change(room, change, position));
  }

  get id() {
    return this.me.id;
  }

  /** Comes in, and knows the rooms. */
  async connect(signal) {
    const welcomed = once(this, "welcome", { signal: AbortSignal.any([signal, AbortSignal.timeout(answerLimit)]) });
    this.#socket.connect();
    await welcomed;
  }

  /** The log-in ends, too: it would only pile up in the list of them. */
  async leave() {
    this.#socket.disconnect();
    await this.#site.logOut(this.#login);
  }

  /**
   * Throws a Refusal: the server's, or that it does not answer. What can't be sent now is not sent later: it would not fit any more.
   */
  async ask(event, request) {
    if (!this.#socket.connected) throw new Refusal({ code: "offline", error: "There is no connection." });
    const { ok, ...reply } = await this.#socket.timeout(answerLimit).emitWithAck(event, request).catch(unanswered);
    if (!ok) throw new Refusal(reply);
    return reply;
  }

  /** With a key that was used before, nothing is said a second time. */
  say(room, text, { key = this.#newKey(), replyTo, files } = {}) {
    return this.ask("say", { room, key, text, replyTo, files });
  }

  react(room, id, emoji) {
    return this.ask("react", { room, id, emoji, on: true });
  }

  upload(name, type, bytes) {
    return this.#site.upload(this.#login, name, type, bytes);
  }

  /** The newest messages, oldest first, without notices and deleted ones. */
  async messages(room, limit = 50) {
    const { messages } = await this.ask("history", { room, limit });
    return messages.filter((message) => !message.notice && !message.deletedAt);
  }

  roomCalled(name) {
    return [...this.rooms.values()].find((room) => room.name === name);
  }

  #welcome(rooms) {
    this.rooms = new Map(rooms.map((room) => [room.id, room]));
    this.emit("welcome");
    for (const room of rooms) this.emit("room", room);
  }

  #add(room) {
    this.rooms.set(room.id, room);
    this.emit("room", room);
  }

  #change(room, change, position) {
    if (change.kind === "message" && !change.message.notice) this.emit("said", room, { ...change.message, id: position.offset });
    if (change.kind === "member" && change.message?.notice?.what === "joined") this.emit("joined", room, change.person);
  }

  #newKey() {
    return `demo ${Date.now().toString(36)} ${++this.#keys}`;
  }
}

function unanswered(error) {
  return { ok: false, code: "unavailable", error: error.message };
}
