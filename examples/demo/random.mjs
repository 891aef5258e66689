// Chance that can be repeated: the same seed, the same choices.

/** A generator of numbers (mulberry32) with the few questions that the demo asks it. */
export class Chance {
  #state;

  constructor(seed) {
    this.#state = seed >>> 0;
  }

  /** From 0 up to, not including, 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  between(least, most) {
    return least + this.next() * (most - least);
  }

  happens(probability) {
    return this.next() < probability;
  }

  pick(list) {
    return list[Math.floor(this.next() * list.length)];
  }

  shuffled(list) {
    const rest = [...list];
    for (let last = rest.length - 1; last > 0; last--) {
      const other = Math.floor(this.next() * (last + 1));
      [rest[last], rest[other]] = [rest[other], rest[last]];
    }
    return rest;
  }
}
