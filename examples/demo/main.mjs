#!/usr/bin/env node
// Fills an empty chat server with a small team that talks, and answers: so that a newcomer sees it alive.
//
//   node main.mjs [--url http://127.0.0.1:5080] [--pace 1] [--seed 1] [--seed-only]
//
// './akkachat run --demo' starts the server and this together. Only servers on this machine: the accounts' password is known.
import { parseArgs } from "node:util";
import { Bot } from "./bot.mjs";
import { Cast } from "./cast.mjs";
import { Clock } from "./clock.mjs";
import { Life } from "./life.mjs";
import { Chance } from "./random.mjs";
import { newcomer, password } from "./script/people.mjs";
import { rooms } from "./script/rooms.mjs";
import { Site } from "./site.mjs";

const loopback = new Set(["127.0.0.1", "[::1]", "localhost"]);

function readOptions() {
  const { values } = parseArgs({
    options: {
      "url": { type: "string", default: `http://127.0.0.1:${process.env.PORT || 5080}` },
      "pace": { type: "string", default: "1" },
      "seed": { type: "string", default: `${Date.now() % 100_000}` },
      "seed-only": { type: "boolean", default: false },
    },
  });
  const { origin, hostname } = new URL(values.url);
  if (!loopback.has(hostname)) throw new Error(`${origin} is not on this machine. Everybody knows the password of the demo's accounts.`);
  return { url: origin, pace: number(values.pace, "pace", 0.1, 100), seed: number(values.seed, "seed", 0, 2 ** 32), seedOnly: values["seed-only"] };
}

function number(text, name, least, most) {
  const value = Number(text);
  if (text.trim() === "" || !(value >= least && value <= most)) throw new Error(`--${name} is '${text}'; it must be from ${least} to ${most}.`);
  return value;
}

/** The names of the script's rooms that somebody is in -> whether they look after it. */
function roomsOf(key) {
  return new Map(rooms.filter(({ members }) => members.includes(key)).map(({ name, owner }) => [name, owner === key]));
}

function botsOf(cast, { pace, seed }, signal) {
  const clock = new Clock(pace, signal);
  const chance = new Chance(seed);
  const own = new Set(Object.values(cast.people).map(({ id }) => id));
  const isHuman = (id) => !own.has(id);
  const bots = Object.entries(cast.people).map(([key, person]) => [key, new Bot(person, { clock, chance, isHuman, rooms: roomsOf(key) })]);
  return { bots: Object.fromEntries(bots), clock, chance };
}

async function run(options, signal) {
  const site = new Site(options.url);
  await site.untilReady(signal);
  const cast = await Cast.gather(site);
  try {
    const { bots, clock, chance } = options.seedOnly ? {} : botsOf(cast, options, signal);
    await cast.comeIn(signal);
    console.log(`The demo is ready: open ${options.url} and log in as ${newcomer}, password: ${password}`);
    if (bots) await new Life(bots, clock, chance).run();
  } finally {
    await cast.leave();
  }
}

const ending = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => ending.abort());
try {
  await run(readOptions(), ending.signal);
} catch (error) {
  if (!ending.signal.aborted) {
    console.error(error.message);
    process.exitCode = 1;
  }
}
