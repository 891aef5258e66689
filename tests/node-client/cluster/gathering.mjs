// Clients in one room, that other programs do something to.
import { io } from "socket.io-client";
import { until } from "./until.mjs";

let gathered = [];

/** Connects clients, by turns on polling and on WebSocket only, and lets them join a room. */
export async function gather({ url, clients, room, limit }) {
  gathered = Array.from({ length: clients }, (_, index) => guest(url, [index % 2 ? "websocket" : "polling"]));
  return Promise.all(gathered.map(async (guest) => {
    await until(() => guest.socket.connected, limit, "a client is connected");
    guest.id = guest.socket.id;
    const { node, error } = await guest.socket.timeout(limit).emitWithAck("join", room);
    if (error) {
      throw new Error(error);
    }
    return { id: guest.id, node };
  }));
}

/** Waits until each has been told so much, or was disconnected by the server; says what each was told. */
export async function told({ count, limit }) {
  await until(() => gathered.every(({ told, left }) => left || told.length >= count), limit, `each client has ${count} messages`);
  return gathered.map(({ id, told, left }) => ({ id, told, left: left ?? null }));
}

/** Waits until so many were disconnected; says which, and ends the others. */
export async function part({ count, limit }) {
  const left = () => gathered.filter((guest) => guest.left === "io server disconnect").map(({ id }) => id);
  await until(() => left().length >= count, limit, () => `${count} clients were disconnected (${left().length} were)`);
  const result = left();
  gathered.forEach(({ socket }) => socket.disconnect());
  return result;
}

function guest(url, transports) {
  const socket = io(url, { transports, forceNew: true });
  const guest = { socket, told: [] };
  socket.on("said", (text) => guest.told.push(text));
  socket.on("confirm", (text, answer) => answer(`${socket.id} ${text}`));
  socket.on("disconnect", (reason) => (guest.left = reason));
  return guest;
}
