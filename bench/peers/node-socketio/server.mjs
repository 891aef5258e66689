// The benchmark's little application on npm socket.io with its defaults (engine ws). With REDIS_PORT it is one of several
// processes, which tell each other by Redis what they emit.
import { createServer } from "node:http";
import { Server } from "socket.io";

const port = Number(process.env.PORT ?? 3000);
const http = createServer();
const io = new Server(http, { serveClient: false, ...(await clusterOptions(process.env.REDIS_PORT)) });
const bench = io.of("/bench");

bench.on("connection", (socket) => {
  socket.on("join", (room, ack) => {
    socket.join(room);
    ack();
  });
  socket.on("chat", (line, ack) => {
    bench.to(line.room).emit("chat", line.msg);
    ack?.();
  });
  socket.on("echo", (value, ack) => ack(value));
});

http.listen(port, "127.0.0.1", 511, () => console.log(`ready on http://127.0.0.1:${port}`));
process.on("SIGTERM", () => process.exit(0));

async function clusterOptions(redisPort) {
  if (!redisPort) {
    return {};
  }
  const { createAdapter } = await import("@socket.io/redis-adapter");
  const { createClient } = await import("redis");
  const publisher = createClient({ socket: { host: "127.0.0.1", port: Number(redisPort), noDelay: true } });
  const subscriber = publisher.duplicate();
  for (const client of [publisher, subscriber]) {
    // A server without its Redis is no result.
    client.on("error", (error) => {
      console.error(`redis: ${error.message}`);
      process.exit(1);
    });
  }
  await Promise.all([publisher.connect(), subscriber.connect()]);
  return { adapter: createAdapter(publisher, subscriber) };
}
