// Many stock clients in one process, as a server of commands: JSON lines on stdin, {id, command, ...options}; on stdout
// {id, result} or {id, error} for each, and before the answer to "report" a line for each view and each publish. It ends with stdin.
import { createInterface } from "node:readline";
import { Journal } from "./journal.mjs";
import { Member } from "./member.mjs";
import { echo, upgrade } from "./conversations.mjs";
import { gather, part, told } from "./gathering.mjs";
import { until } from "./until.mjs";

const endRoundLimit = 10_000;

const journal = new Journal();
const members = [];
let talking = [];
let silence = new AbortController();

const count = (items, key) => items.reduce((counts, item) => ({ ...counts, [key(item)]: (counts[key(item)] ?? 0) + 1 }), {});
const describe = ({ name, room, transport, view }) =>
  `${view?.client ?? name} (${room}, ${transport}, on ${view?.node}, the last of ${view?.contents.length}: ${view?.contents.at(-1)})`;
const others = (isSo) => members.filter((member) => !isSo(member)).map(describe).join("; ");
const all = (isSo, limit, what) => until(() => members.every(isSo), limit, () => `${what}; not so: ${others(isSo)}`);
const write = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);

/**
 * Publishes in each room until it is confirmed, and waits until everybody has that; once more, if somebody has not, for who was
 * connected again meanwhile never gets it.
 */
async function endRooms(limit) {
  const end = performance.now() + limit;
  for (let isOver = false; !isOver; ) {
    isOver = performance.now() + endRoundLimit > end;
    const ends = await endOnce(limit);
    try {
      await all(({ room, view }) => view?.contents.includes(ends.get(room)), endRoundLimit, `all have the last of their room, ${[...ends.values()].join(", ")}`);
      return;
    } catch (error) {
      if (isOver) {
        throw error;
      }
    }
  }
}

/** What was confirmed in each room. */
async function endOnce(limit) {
  await all((member) => member.isIn, limit, "all are in");
  const rooms = [...new Set(members.map((member) => member.room))];
  const ends = rooms.map(async (room) => [room, await untilConfirmed(members.find((member) => member.room === room), limit)]);
  return new Map(await Promise.all(ends));
}

async function untilConfirmed(member, limit) {
  const end = performance.now() + limit;
  while (performance.now() < end) {
    await until(() => member.isIn, limit, `${member.name} is in`);
    const { outcome, content } = await member.say();
    if (outcome === "Confirmed") {
      return content;
    }
  }
  throw new Error(`not within ${limit} ms: something of ${member.name} is confirmed`);
}

const commands = {
  /** Clients in rooms by turns; in each room, as many on polling only as on WebSocket only. */
  async connect({ url, clients, rooms, limit }) {
    for (let index = 0; index < clients; index++) {
      const transports = [Math.floor(index / rooms) % 2 ? "websocket" : "polling"];
      members.push(new Member(`client${index}`, { url, room: `room${index % rooms}`, transports, journal }));
    }
    await all((member) => member.isIn, limit, "all are in");
  },

  talk({ publishers, burst, period }) {
    silence = new AbortController();
    talking = members.slice(0, publishers).map((member) => member.talk({ burst, period, signal: silence.signal }));
  },

  /** Waits until so many more publishes are confirmed. */
  async confirmed({ more, limit }) {
    const enough = journal.confirmed + more;
    await until(() => journal.confirmed >= enough, limit, () => `${more} more publishes confirmed (${enough - journal.confirmed} are not)`);
  },

  /** Waits until everybody is in its room again, and nobody on that node any more. */
  async moved({ from, limit }) {
    await all((member) => member.isIn && member.view.node !== from, limit, `all are in, and nobody on ${from}`);
  },

  /** Ends all talk, and leaves all rooms at rest, with everybody in. */
  async settle({ limit }) {
    silence.abort();
    await Promise.all(talking);
    await endRooms(limit);
  },

  /** How many clients there are now on each node. */
  nodes: () => count(members.filter((member) => member.view), (member) => member.view.node),

  report() {
    journal.views.forEach((view) => write({ view }));
    journal.publishes.forEach((publish) => write({ publish }));
    return { views: journal.views.length, publishes: journal.publishes.length };
  },

  echo,
  upgrade,
  gather,
  told,
  part,
};

async function answer({ id, command, ...options }) {
  try {
    write({ id, result: (await commands[command](options)) ?? null });
  } catch (error) {
    write({ id, error: error.stack });
  }
}

createInterface({ input: process.stdin }).on("line", (line) => answer(JSON.parse(line))).on("close", () => process.exit());
write({ ready: true });
