// One of the team: is in its rooms, and answers people who mention it, write to it or come in.
import { answers, arrivals, tips, waves, welcomes } from "./script/answers.mjs";
import { Refusal } from "./site.mjs";

export class Bot {
  #person;
  #clock;
  #chance;
  #isHuman;
  #rooms;
  #answered = new Set();
  #greeted = new Set();
  #isAway = false;
  #tip;

  /** @param rooms the names of the rooms in the script -> whether this bot looks after it, and welcomes who comes */
  constructor(person, { clock, chance, isHuman, rooms }) {
    this.#person = person;
    this.#clock = clock;
    this.#chance = chance;
    this.#isHuman = isHuman;
    this.#rooms = rooms;
    this.#tip = Math.floor(chance.between(0, tips.length));
    person.on("room", (room) => this.#try(() => this.#enter(room)));
    person.on("said", (room, message) => this.#try(() => this.#hear(room, message)));
    person.on("joined", (room, who) => this.#try(() => this.#welcome(room, who)));
  }

  get id() {
    return this.#person.id;
  }

  get person() {
    return this.#person;
  }

  /** Types for as long as somebody would, then says it. Who was away is back. */
  async say(room, text, options) {
    if (this.#isAway) await this.look(false);
    await this.#person.ask("typing", { room });
    await this.#clock.wait(Math.min(3, 1 + text.length / 60));
    return this.#person.say(room, text, options);
  }

  async look(away) {
    await this.#person.ask("away", { away });
    this.#isAway = away;
  }

  /** The newcomer may well throw a bot out, mute it, or stop the server: then there is no answer, and nothing else happens. */
  async #try(act) {
    try {
      await act();
    } catch (error) {
      if (!(error instanceof Refusal || error.name === "AbortError")) throw error;
    }
  }

  async #enter(room) {
    await this.#person.ask("enter", { room: room.id });
    if (room.kind === "direct") await this.#readUp(room);
    else if (!this.#rooms.has(room.name) && this.#isHuman(room.createdBy)) await this.#arrive(room);
  }

  /** Direct messages that came before this bot did. */
  async #readUp(room) {
    const messages = await this.#person.messages(room.id);
    const open = messages.filter((message) => message.id > room.readTo && this.#isHuman(message.by));
    if (open.length > 0) await this.#hear(room.id, open.at(-1));
  }

  /** A room that somebody has made and invited this bot to. */
  async #arrive(room) {
    const messages = await this.#person.messages(room.id);
    if (!messages.some(({ by }) => by === this.id)) await this.say(room.id, this.#chance.pick(arrivals));
  }

  async #hear(roomId, message) {
    if (!this.#isHuman(message.by) || this.#answered.has(`${roomId}/${message.id}`)) return;
    this.#answered.add(`${roomId}/${message.id}`);
    const room = this.#person.rooms.get(roomId);
    const isDirect = room?.kind === "direct";
    if (isDirect || message.mentions?.includes(this.id)) await this.#answer(roomId, message, isDirect);
    else if (this.#rooms.get(room?.name) && !message.mentions) await this.#notice(roomId, message);
  }

  async #answer(room, message, isDirect) {
    await this.#person.ask("read", { room, to: message.id });
    await this.#clock.wait(this.#chance.between(0.5, 1.5));
    const text = this.#wordsFor(message.text).replaceAll("{name}", await this.#nameOf(message.by));
    await this.say(room, text, isDirect ? {} : { replyTo: message.id });
  }

  /** Somebody says something to nobody in particular. */
  async #notice(room, message) {
    const isFirst = !this.#greeted.has(`${room}/${message.by}`);
    this.#greeted.add(`${room}/${message.by}`);
    await this.#clock.wait(this.#chance.between(1, 3));
    if (isFirst || this.#chance.happens(0.4)) await this.#person.react(room, message.id, this.#chance.pick(waves));
    if (/\?\s*$/.test(message.text) || (isFirst && /\b(hi|hello|hey)\b/i.test(message.text))) await this.#answer(room, message, false);
  }

  async #welcome(roomId, who) {
    const room = this.#person.rooms.get(roomId);
    if (!this.#rooms.get(room?.name) || !this.#isHuman(who.id) || this.#greeted.has(`${roomId}/${who.id}`)) return;
    this.#greeted.add(`${roomId}/${who.id}`);
    await this.#clock.wait(this.#chance.between(1, 2));
    await this.say(roomId, this.#chance.pick(welcomes).replace("{name}", who.name));
  }

  #wordsFor(text) {
    const [, words] = answers.find(([pattern]) => pattern.test(text)) ?? [];
    return words ? this.#chance.pick(words) : tips[this.#tip++ % tips.length];
  }

  async #nameOf(id) {
    const { people } = await this.#person.ask("people", { ids: [id] });
    return people[0]?.name ?? "you";
  }
}
