// Who takes part: accounts made or found again, everybody connected, and out again at the end.
import { Person } from "./person.mjs";
import { importRooms, sayTheRest } from "./seed.mjs";
import { newcomer, password, team } from "./script/people.mjs";
import { Refusal } from "./site.mjs";

const ownServer = "The demo takes a server of its own, with an empty data folder: './akkachat run --demo' starts one.";

export class Cast {
  #site;
  #demo;
  #people = {};

  /** Gets everybody an account and a log-in, and makes the rooms. Nobody is connected yet. */
  static async gather(site) {
    const cast = new Cast();
    cast.#site = site;
    const demo = await logInNewcomer(site);
    const logins = await Promise.all(Object.values(team).map((name) => registerOrLogIn(site, name)));
    Object.keys(team).forEach((key, index) => (cast.#people[key] = new Person(site, logins[index])));
    cast.#demo = new Person(site, demo);
    await importRooms(site, demo, cast.namesAndIds());
    return cast;
  }

  /** The team, by what the script calls them. */
  get people() {
    return this.#people;
  }

  namesAndIds() {
    return Object.fromEntries(Object.entries(this.#people).map(([key, { me }]) => [key, { id: me.id, name: me.name }]));
  }

  /** Afterwards all that the script tells has been said, and Demo's own connection is gone: it is the newcomer's turn. */
  async comeIn(signal) {
    await Promise.all([this.#demo, ...Object.values(this.#people)].map((person) => person.connect(signal)));
    await sayTheRest(this.#demo, this.#people);
    await this.#demo.leave();
    this.#demo = undefined;
  }

  /** The server may be gone before: then nothing is left to be done. */
  async leave() {
    await Promise.allSettled([this.#demo, ...Object.values(this.#people)].map((person) => person?.leave()));
  }
}

/** Never makes an account with a known password on a server that is in use. */
async function logInNewcomer(site) {
  const login = (await site.isNew()) ? await site.register(newcomer, password) : await logInAgain(site);
  if (login.me.role !== "administrator") throw new Error(`${newcomer} does not administer this server. ${ownServer}`);
  return login;
}

async function logInAgain(site) {
  try {
    return await site.logIn(newcomer, password);
  } catch (error) {
    if (error instanceof Refusal && error.code === "wrong_credentials") {
      throw new Error(`This server has people already, and no ${newcomer} with the demo's password. ${ownServer}`);
    }
    throw error;
  }
}

async function registerOrLogIn(site, name) {
  try {
    return await site.register(name, password);
  } catch (error) {
    if (error instanceof Refusal && error.code === "name_taken") return site.logIn(name, password);
    throw error;
  }
}
