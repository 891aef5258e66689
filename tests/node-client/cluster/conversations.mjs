// Clients that are in no room: what goes to and fro on one connection.
import { io } from "socket.io-client";
import { until } from "./until.mjs";

/**
 * Each client sends numbers, which come back one by one, with so many on their way at most. What came back, in its order; how often
 * the connection was lost, and why.
 */
export async function echo({ url, clients, messages, window, transports, limit }) {
  const talks = Array.from({ length: clients }, () => echoOf({ url, messages, window, transports }));
  try {
    await until(() => talks.every((talk) => talk.received.length >= messages || talk.losses.length > 0), limit, "all echoes");
    return talks.map(({ received, losses }) => ({ received, losses }));
  } finally {
    talks.forEach((talk) => talk.socket.disconnect());
  }
}

function echoOf({ url, messages, window, transports }) {
  const socket = io(url, { forceNew: true, transports });
  const talk = { socket, received: [], losses: [] };
  let sent = 0;
  const send = () => {
    while (sent < messages && sent - talk.received.length < window) {
      socket.emit("echo", sent++);
    }
  };
  socket.on("connect", send);
  socket.on("echoed", (number) => {
    talk.received.push(number);
    send();
  });
  const lost = (why) => talk.received.length < messages && talk.losses.push(why);
  socket.on("disconnect", (reason, details) => lost(`${reason}: ${describe(details)}`));
  socket.on("connect_error", (error) => lost(`connect error: ${describe(error)}`));
  return talk;
}

const describe = (error) => [error?.message, error?.description, error?.context?.responseText].filter(Boolean).join(", ");

/** Clients that begin with polling and go on to WebSocket: each one's session, and the node that it lives on. */
export async function upgrade({ url, clients, limit }) {
  const sockets = Array.from({ length: clients }, () => io(url, { forceNew: true, transports: ["polling", "websocket"] }));
  try {
    await until(() => sockets.every((socket) => socket.io.engine?.transport?.name === "websocket" && socket.connected), limit, "all upgrades");
    return await Promise.all(sockets.map(async (socket) => ({
      session: socket.io.engine.id, node: await socket.timeout(limit).emitWithAck("who"), transport: socket.io.engine.transport.name,
    })));
  } finally {
    sockets.forEach((socket) => socket.disconnect());
  }
}
