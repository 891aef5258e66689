// What all clients of this process did and saw, numbered in the one order in which it happened here.
export class Journal {
  views = [];
  publishes = [];
  #events = 0;
  #confirmed = 0;

  get confirmed() {
    return this.#confirmed;
  }

  /** One connection of a client, and what it gets in its room; a client that connects again has another view. */
  open(client, room, transport) {
    const view = { client, room, transport, node: null, joinedAt: null, ended: null, contents: [], published: 0 };
    this.views.push(view);
    return view;
  }

  joined(view) {
    view.joinedAt = ++this.#events;
  }

  begin(view) {
    const number = ++view.published;
    const publish = {
      content: `${view.client} ${number}`, room: view.room, node: view.node, publisher: view.client, number,
      startedAt: ++this.#events, began: Date.now(), settled: null, outcome: "Open", error: null,
    };
    this.publishes.push(publish);
    return publish;
  }

  settle(publish, outcome, error = null) {
    Object.assign(publish, { outcome, error, settled: Date.now() });
    this.#confirmed += outcome === "Confirmed" ? 1 : 0;
    return publish;
  }
}
