// Makes an archive, as the chat's export writes it, of a room in the script: imported, its messages have times of days ago.

const minute = 60_000;
const editedAfter = 2 * minute;

/** "2d 09:12": two working days back, at that time of this machine; "40m": so many minutes ago. */
export function timeOf(words, now) {
  const [, days, hour, minutes] = /^(\d+)d (\d\d):(\d\d)$/.exec(words) ?? [];
  if (days === undefined) return now - Number(words.replace(/m$/, "")) * minute;
  const time = new Date(now);
  for (let left = Number(days); left > 0; ) {
    time.setDate(time.getDate() - 1);
    if (time.getDay() % 6 !== 0) left--;
  }
  return time.setHours(Number(hour), Number(minutes), 0, 0);
}

/** The ids of those whom the text names. */
function mentionsIn(text, people) {
  return people.filter(({ name }) => text.includes(`@${name}`)).map(({ id }) => id);
}

/**
 * @param room as in script/rooms.mjs
 * @param cast who is who: the key in the script -> {id, name}
 * @param newcomer {id, name} of who imports it
 */
export function archiveOf(room, cast, newcomer, now) {
  const members = room.members.map((key) => cast[key]);
  const people = [...members, newcomer];
  const ids = new Map();
  const said = room.said.map((line, index) => {
    const [by, when, text, { id, reply, react = {}, edited, deleted } = {}] = line;
    const at = timeOf(when, now);
    if (id) ids.set(id, index + 2);
    return {
      id: index + 2,
      by: cast[by].id,
      at,
      text: deleted ? "" : text,
      replyTo: ids.get(reply),
      mentions: mentionsIn(text, people),
      reactions: Object.entries(react).map(([emoji, keys]) => ({ emoji, by: keys.map((key) => cast[key].id) })),
      ...(edited && { editedAt: at + editedAfter }),
      ...(deleted && { deletedAt: at + editedAfter, deletedBy: cast[by].id }),
    };
  });
  const createdAt = said[0].at - 5 * minute;
  const created = { id: 1, by: cast[room.owner].id, at: createdAt, text: "", notice: { what: "created" } };
  return {
    version: 1,
    exportedAt: now,
    room: { kind: room.kind, name: room.name, topic: room.topic, createdAt },
    people: people.map((person) => ({ ...person, role: person === cast[room.owner] ? "owner" : "member" })),
    messages: [created, ...said],
  };
}
