// The conformance app as a child process on a free port.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { event, within } from "./waiting.mjs";

const startLimit = 60_000;
const stopLimit = 5_000;

/** The built program; CONFORMANCE_APP names another. */
export function program() {
  const feed = process.env.AKKACHAT_FEED ?? "standard";
  const name = "AkkaChat.ConformanceApp";
  const built = new URL(`../../../artifacts/${feed}/bin/${name}/release/${name}`, import.meta.url);
  const path = process.env.CONFORMANCE_APP ?? fileURLToPath(built);
  assert.ok(existsSync(path), `${path} is not there: build it, for example by ./akkachat test`);
  return path;
}

export async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await event(server, "listening");
  const { port } = server.address();
  server.close();
  await event(server, "close");
  return port;
}

/** Starts the program without waiting for anything: what it is and what it says. */
export function launch(environment) {
  const child = spawn(program(), { env: { ...process.env, ...environment }, stdio: ["ignore", "pipe", "pipe"] });
  const output = { text: "" };
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text) => (output.text += text));
  }
  const exited = new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
  // If this process ends early, the app must not stay.
  const kill = () => child.kill("SIGKILL");
  process.once("exit", kill);
  exited.finally(() => process.off("exit", kill)).catch(() => {});
  return { child, output, exited };
}

export class App {
  #running;

  constructor(port, running) {
    this.port = port;
    this.url = `http://127.0.0.1:${port}`;
    this.#running = running;
  }

  /** Starts the app and waits until it says that it is ready. Profile null leaves PROFILE unset. */
  static async start({ profile = "relaxed", port } = {}) {
    const chosen = port ?? (await freePort());
    const running = launch({ PORT: String(chosen), PROFILE: profile ?? undefined });
    const ready = new Promise((resolve) => {
      running.child.stdout.on("data", () => /^ready/m.test(running.output.text) && resolve());
    });
    const ended = running.exited.then(({ code }) => {
      throw new Error(`the app ended with code ${code}: ${running.output.text}`);
    });
    await within(Promise.race([ready, ended]), startLimit, "the app's line 'ready'");
    ended.catch(() => {});
    return new App(chosen, running);
  }

  /** Ends the app as an operator does; it must be gone in time, with code 0. */
  async stop(signal = "SIGTERM") {
    const { child, output, exited } = this.#running;
    process.kill(child.pid, signal);
    try {
      const { code } = await within(exited, stopLimit, `the app's end after ${signal}`);
      assert.equal(code, 0, output.text);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }
}
