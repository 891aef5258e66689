// Stock clients: those of one test file, closed after each test.
import { io, Manager } from "socket.io-client";
import { Inbox, event, get, within } from "./waiting.mjs";

/** The ways to be connected that every client may choose. */
export const ways = [
  { name: "polling", transports: ["polling"], ends: "polling" },
  { name: "WebSocket", transports: ["websocket"], ends: "websocket" },
  { name: "polling, then WebSocket", transports: ["polling", "websocket"], ends: "websocket" },
];

export const [polling, webSocket, upgrading] = ways;

const connectLimit = 15_000;

export class Clients {
  #sockets = new Set();
  #managers = new Set();

  /** @param app a function, because the app starts after the tests are declared */
  constructor(app, { library = { io, Manager }, ...options } = {}) {
    this.app = app;
    this.library = library;
    this.options = options;
  }

  /** A client that has not connected yet, and does not reconnect unless asked to. */
  create(namespace = "/", { way = webSocket, url = this.app().url, query, ...options } = {}) {
    return this.#keep(this.library.io(url + namespace, {
      forceNew: true,
      reconnection: false,
      autoConnect: false,
      transports: way.transports,
      ...(query && { query }),
      ...this.options,
      ...options,
    }));
  }

  /** A connected client, on the transport on which its way ends. */
  async open(namespace, options = {}) {
    const socket = this.create(namespace, options);
    await this.connected(socket);
    await this.upgraded(socket, options.way ?? webSocket);
    return socket;
  }

  /** Connects, and waits for it. */
  async connected(socket) {
    const outcome = new Promise((resolve, reject) => {
      socket.once("connect", resolve);
      socket.once("connect_error", reject);
      socket.once("disconnect", (reason) => reject(new Error(`not connected: ${reason}`)));
    });
    socket.connect();
    await within(outcome, connectLimit, "the connection");
    return socket;
  }

  /** Tries to connect; the refusal. */
  async refused(socket) {
    const outcome = new Promise((resolve, reject) => {
      socket.once("connect_error", resolve);
      socket.once("connect", () => reject(new Error("connected, though it should have been refused")));
    });
    socket.connect();
    return within(outcome, connectLimit, "the refusal");
  }

  async upgraded(socket, way) {
    const { engine } = socket.io;
    if (engine.transport.name !== way.ends) {
      await event(engine, "upgrade");
    }
  }

  /** One connection for several namespaces. */
  manager({ way = webSocket, ...options } = {}) {
    const manager = new this.library.Manager(this.app().url, {
      reconnection: false, autoConnect: false, transports: way.transports, ...this.options, ...options,
    });
    this.#managers.add(manager);
    return manager;
  }

  /** A connected client on a connection that others share. */
  async join(manager, namespace, options) {
    return this.connected(this.#keep(manager.socket(namespace, options)));
  }

  closeAll() {
    for (const socket of this.#sockets) {
      socket.disconnect();
    }
    for (const manager of this.#managers) {
      manager._close();
    }
    this.#sockets.clear();
    this.#managers.clear();
  }

  /** Closes all, and waits until the server has seen the last of them leave /chat. */
  async emptyChat() {
    this.closeAll();
    const last = await this.open("/chat");
    const left = new Inbox(last, "left");
    for (let seen = 0; (await get(last, "who", null)).length > 1; seen = left.items.length) {
      await left.count(seen + 1);
    }
    this.closeAll();
  }

  #keep(socket) {
    socket.on("disconnect", (reason) => (socket.ended = reason));
    this.#sockets.add(socket);
    return socket;
  }
}
