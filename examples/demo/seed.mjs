// Brings the script onto an empty server. What is there already stays as it is: a second run adds nothing, one that was broken off goes on.
import { archiveOf } from "./archive.mjs";
import { tideCurve } from "./picture.mjs";
import { letters, picture, rooms } from "./script/rooms.mjs";

/**
 * Makes the rooms that are missing. Before anybody connects: who comes first would make an empty lobby.
 * @param newcomer who is logged in, and administers the site
 * @param cast the team: its key in the script -> {id, name}
 */
export async function importRooms(site, newcomer, cast) {
  const there = await site.roomNames(newcomer);
  const { id, name } = newcomer.me;
  for (const room of rooms.filter((one) => !there.has(one.name))) {
    await site.importRoom(newcomer, archiveOf(room, cast, { id, name }, Date.now()));
  }
}

/** What an import has not: a file, what Demo has read, and direct messages, which come last: they say that all of it was done. */
export async function sayTheRest(demo, people) {
  const [lastWriter] = letters.at(-1);
  if ([...demo.rooms.values()].some(({ other }) => other?.id === people[lastWriter].id)) return;
  await showPicture(people);
  for (const { name, unread } of rooms) await readAllBut(demo, name, unread);
  for (const [by, texts] of letters) await writeTo(demo, people[by], by, texts);
}

async function showPicture(people) {
  const person = people[picture.by];
  const room = person.roomCalled(picture.room);
  if (!room) return;
  const file = await person.upload(picture.name, "image/png", tideCurve());
  const { id } = await person.say(room.id, picture.text, { files: [file.id] });
  for (const [emoji, by] of Object.entries(picture.react)) await people[by].react(room.id, id, emoji);
}

async function readAllBut(demo, name, unread) {
  const room = demo.roomCalled(name);
  const messages = room ? await demo.messages(room.id) : [];
  const last = messages.at(-1 - unread);
  if (last) await demo.ask("read", { room: room.id, to: last.id });
}

async function writeTo(demo, person, by, texts) {
  const { room } = await person.ask("direct", { person: demo.id });
  for (const [index, text] of texts.entries()) await person.say(room.id, text, { key: `demo letter ${by} ${index}` });
}
