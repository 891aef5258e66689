#!/usr/bin/env node
// A reverse proxy that hands each request, and each upgrade to WebSocket, to the next upstream in turn: no sticky sessions.
//
//   node round-robin.mjs [--listen 127.0.0.1:5080] [--ready-path /health/ready] 127.0.0.1:5081 127.0.0.1:5082 ...
//
// An upstream that refuses a connection is left out for a second. With --ready-path, each one is asked four times a second
// whether it is ready (status 200), and left out while it is not: a node that drains says so before it stops.
import { Agent, createServer, request } from "node:http";
import { pipeline } from "node:stream";
import { parseArgs } from "node:util";

const leftOutFor = 1_000;
const askEvery = 250;
const answerLimit = 3_000;

const { values: options, positionals } = parseArgs({
  options: { "listen": { type: "string", default: "127.0.0.1:5080" }, "ready-path": { type: "string" } },
  allowPositionals: true,
});
const upstreams = positionals.map((address) => ({
  ...endpoint(address), address, agent: new Agent({ keepAlive: true }), ready: !options["ready-path"], refusedAt: -leftOutFor,
}));
let turn = 0;

function endpoint(address) {
  const { hostname, port } = new URL(`http://${address}`);
  return { host: hostname, port: Number(port || 80) };
}

/** The upstreams to try, the one whose turn it is first. */
function inTurn() {
  const ready = upstreams.filter((upstream) => upstream.ready);
  const taking = ready.filter((upstream) => performance.now() - upstream.refusedAt > leftOutFor);
  const candidates = taking.length > 0 ? taking : ready;
  const first = turn++ % (candidates.length || 1);
  return [...candidates.slice(first), ...candidates.slice(0, first)];
}

/**
 * Opens a request like the one that came in at the first upstream that takes the connection. Another one is tried only while
 * nothing was sent: what a node may have seen is never repeated.
 */
function forward(incoming, headers, { connected, failed }, candidates = inTurn()) {
  const [upstream, ...others] = candidates;
  if (!upstream) {
    failed(503);
    return;
  }
  const { host, port, agent } = upstream;
  const outgoing = request({ host, port, agent, method: incoming.method, path: incoming.url, headers });
  outgoing.once("socket", (socket) => {
    const begin = () => connected(outgoing);
    socket.connecting ? socket.once("connect", begin) : begin();
  });
  outgoing.on("error", (error) => {
    if (error.code === "ECONNREFUSED") {
      upstream.refusedAt = performance.now();
      forward(incoming, headers, { connected, failed }, others);
    } else {
      failed(502);
    }
  });
}

/** Without the headers that speak of one connection only. Raw headers are a list: name, value, name, value. */
function endToEnd(raw) {
  const ofConnection = ["connection", "keep-alive", "proxy-connection"];
  return raw.filter((_, index) => !ofConnection.includes(raw[index - (index % 2)].toLowerCase()));
}

function onRequest(incoming, response) {
  forward(incoming, endToEnd(incoming.rawHeaders), {
    connected(outgoing) {
      response.once("close", () => outgoing.destroy());
      outgoing.once("response", (answer) => {
        response.writeHead(answer.statusCode, answer.statusMessage, endToEnd(answer.rawHeaders));
        pipeline(answer, response, () => {});
      });
      incoming.pipe(outgoing);
    },
    failed: (status) => (response.headersSent ? response.destroy() : response.writeHead(status).end()),
  });
}

function onUpgrade(incoming, socket, firstBytes) {
  socket.on("error", () => socket.destroy());
  forward(incoming, incoming.rawHeaders, {
    connected(outgoing) {
      socket.once("close", () => outgoing.destroy());
      outgoing.once("response", (answer) => {
        socket.write(head(answer, [...endToEnd(answer.rawHeaders), "Connection", "close"]));
        pipeline(answer, socket, () => {});
      });
      outgoing.once("upgrade", (answer, peer, itsFirstBytes) => {
        socket.write(head(answer, answer.rawHeaders));
        socket.unshift(firstBytes);
        peer.unshift(itsFirstBytes);
        pipeline(socket, peer, () => {});
        pipeline(peer, socket, () => {});
      });
      outgoing.end();
    },
    failed: (status) => socket.end(`HTTP/1.1 ${status} \r\nConnection: close\r\nContent-Length: 0\r\n\r\n`),
  });
}

function head({ statusCode, statusMessage }, raw) {
  const lines = raw.flatMap((name, index) => (index % 2 ? [] : `${name}: ${raw[index + 1]}`));
  return [`HTTP/1.1 ${statusCode} ${statusMessage}`, ...lines, "", ""].join("\r\n");
}

/** Asks an upstream, again and again, whether it is ready. */
async function watch(upstream, path) {
  const { host, port, agent } = upstream;
  const ready = await new Promise((resolve) => {
    const question = request({ host, port, agent, path, timeout: answerLimit });
    question.once("response", (answer) => resolve(answer.resume().statusCode === 200));
    question.once("timeout", () => question.destroy()).once("error", () => resolve(false)).end();
  });
  if (ready !== upstream.ready) {
    console.log(`${upstream.address} is ${ready ? "ready" : "not ready"}`);
  }
  upstream.ready = ready;
  setTimeout(watch, askEvery, upstream, path);
}

if (upstreams.length === 0) {
  console.error("usage: round-robin.mjs [--listen host:port] [--ready-path path] upstream...");
  process.exit(1);
}
const server = createServer(onRequest).on("upgrade", onUpgrade);
server.listen(endpoint(options.listen), () => {
  console.log(`listening on http://${options.listen}, for ${positionals.join(", ")}`);
  if (options["ready-path"]) {
    upstreams.forEach((upstream) => watch(upstream, options["ready-path"]));
  }
});
