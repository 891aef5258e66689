// Who is in the demo: a small team that makes Tidewatch, an app with the tides and the ferries of a harbour.

/** The newcomer, who tries the chat out. As the first account it administers the site. */
export const newcomer = "Demo";

/** Of all accounts of the demo: it is for this machine only. A second browser can log in as one of the team. */
export const password = "demo demo demo";

/** The team, by what the script calls them. */
export const team = {
  ana: "Ana Reyes",
  ben: "Ben Okafor",
  chiyo: "Chiyo Tanaka",
  lena: "Lena Brandt",
  mateo: "Mateo Silva",
  priya: "Priya Nair",
};
