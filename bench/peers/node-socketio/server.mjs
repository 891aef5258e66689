// The benchmark's little application on npm socket.io with its defaults (engine ws).
import { createServer } from "node:http";
import { Server } from "socket.io";

const port = Number(process.env.PORT ?? 3000);
const http = createServer();
const io = new Server(http, { serveClient: false });
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
