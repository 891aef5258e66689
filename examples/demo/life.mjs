// What goes on by itself: scenes, one after the other, and people who look away and come back.
import { scenes } from "./script/scenes.mjs";
import { Refusal } from "./site.mjs";

const settle = 3;

export class Life {
  #bots;
  #clock;
  #chance;

  /** @param bots by what the script calls them */
  constructor(bots, clock, chance) {
    this.#bots = bots;
    this.#clock = clock;
    this.#chance = chance;
  }

  /** Until the clock is over. */
  async run() {
    await Promise.all([this.#play(), this.#lookAway()]);
  }

  async #play() {
    await this.#clock.wait(settle);
    for (;;) {
      for (const [room, lines] of this.#chance.shuffled(scenes)) await this.#scene(room, lines);
    }
  }

  async #scene(name, lines) {
    for (const [by, text, more] of lines) {
      if (!(await this.#allowed(() => this.#line(name, this.#bots[by], text, more)))) return this.#clock.wait(settle);
      await this.#clock.wait(this.#chance.between(3, 12));
    }
  }

  async #line(name, bot, text, { edit, react = {} } = {}) {
    const room = bot.person.roomCalled(name)?.id;
    if (!room) throw new Refusal({ code: "not_found", error: `There is no room ${name} any more.` });
    const { id } = await bot.say(room, text);
    for (const [emoji, by] of Object.entries(react)) {
      await this.#clock.wait(this.#chance.between(0.5, 2));
      await this.#allowed(() => this.#bots[by].person.react(room, id, emoji));
    }
    if (edit) {
      await this.#clock.wait(3);
      await bot.person.ask("edit", { room, id, text: edit });
    }
  }

  async #lookAway() {
    for (;;) {
      await this.#clock.wait(this.#chance.between(15, 45));
      const bot = this.#chance.pick(Object.values(this.#bots));
      if (await this.#allowed(() => bot.look(true))) {
        await this.#clock.wait(this.#chance.between(20, 60));
        await this.#allowed(() => bot.look(false));
      }
    }
  }

  /** The newcomer may delete rooms and ban bots, and the server may be stopped: whatever can't be done now is left out. */
  async #allowed(act) {
    try {
      await act();
      return true;
    } catch (error) {
      if (error instanceof Refusal) return false;
      throw error;
    }
  }
}
