// What goes on while the newcomer looks around: little scenes, each in one room, played one after the other in a random order. A line is
// who says what; "edit" is what they make of it a moment later, "react" what others think of it.

export const scenes = [
  ["shipyard", [
    ["ben", "The feed is merged. Staging has it in a minute."],
    ["chiyo", "Watching the log … quiet so far."],
    ["chiyo", "One warning: station `HB-07` sends its height in feet.", { react: { "👀": "ben" } }],
    ["mateo", "It always has. We convert it, and the warning says that we did."],
    ["ben", "Then let's make it a note instead of a warning.", { react: { "👍": "chiyo" } }],
  ]],
  ["releases", [
    ["priya", "I have gone through the list on two phones and a tablet. One thing left: the band covers the clock in landscape."],
    ["lena", "On it."],
    ["lena", "It now steps aside.", { react: { "🎉": "priya", "🙏": "ana" } }],
  ]],
  ["random", [
    ["chiyo", "There is a seal at the quay. It looks like it's waiting for the ferry."],
    ["mateo", "If it has a ticket, it may."],
    ["priya", "Pictures or it did not happen!", { react: { "😂": "chiyo" } }],
  ]],
  ["lobby", [
    ["priya", "Reminder: whoever finds a typo in the notes gets cake."],
    ["ben", "Is *tidal wavez* one?"],
    ["priya", "That was on porpoise.", { edit: "That was on purpose. (On *porpoise*, Mateo would say.)", react: { "😂": "mateo" } }],
  ]],
  ["sketches", [
    ["ana", "The curve looks wonderful on my phone. Could low tide have a label as well?"],
    ["lena", "Yes. Below the line, else it collides with the boats."],
    ["chiyo", "Please as text, not in the picture: people let it be read out.", { react: { "💯": "lena" } }],
  ]],
  ["shipyard", [
    ["priya", "A question about time zones, and I know how that sounds."],
    ["ben", "Deep breath. Go on."],
    ["priya", "The island ferry leaves in one zone and arrives in another. In which one do we show the arrival?"],
    ["mateo", "In that of the pier where you get off. It's the clock you see there."],
    ["priya", "Makes sense. Then `arrival.zone` is a field and no guess.", { react: { "✅": "mateo", "👍": "ben" } }],
  ]],
  ["lobby", [
    ["lena", "@Demo, how do you like it so far? Say anything here, or try a reaction: hold the pointer over a message, or your finger on it."],
    ["mateo", "We don't bite. The seal might."],
  ]],
  ["shipyard", [
    ["mateo", "I would like to get rid of this:\n```\nif (station === null || station === undefined || station === '') return;\n```"],
    ["chiyo", "What comes in there, really?"],
    ["mateo", "Only names, since March."],
    ["chiyo", "Then out with it. `git log` will remember it for us.", { react: { "🚀": "mateo" } }],
  ]],
  ["random", [
    ["ben", "The cat has opened a ticket. It says `ggggggggh`."],
    ["ana", "Which priority?"],
    ["ben", "It lay down on the mouse, so: highest.", { react: { "😂": "ana", "❤️": "priya" } }],
  ]],
  ["releases", [
    ["ben", "Rehearsal of the move: 14 minutes, all of it with the old server still answering."],
    ["ana", "And the way back, if we need one?"],
    ["ben", "Tried as well. 3 minutes.", { react: { "🔥": "ana", "👏": "mateo" } }],
  ]],
  ["surprise", [
    ["priya", "The baker asks: lighthouse in red and white, or in our blue?"],
    ["lena", "Red and white. It has to be seen in fog.", { react: { "😂": "priya" } }],
    ["mateo", "My uncle says that he has found two more dry seats."],
  ]],
  ["lobby", [
    ["chiyo", "Does anybody have a cable for the old tablet? The one with the wide plug."],
    ["ana", "Second drawer, below the flags."],
    ["chiyo", "Found it, and also last year's chocolate.", { react: { "😮": "ana", "👀": "mateo" } }],
  ]],
  ["sketches", [
    ["priya", "Which word do we take: *cancelled*, or *does not run*?"],
    ["lena", "*Does not run*. It fits below the time, and nobody has to know who cancelled it."],
    ["ana", "Agreed. Short and kind.", { react: { "❤️": "lena" } }],
  ]],
  ["shipyard", [
    ["ben", "Memory on staging after a day: 212 MB, flat. I had expected a hill."],
    ["chiyo", "The cache of tables forgets last year's ones now."],
    ["ben", "That explains the valley before it 🙂", { react: { "👍": "chiyo" } }],
  ]],
  ["random", [
    ["lena", "Who has put a rubber duck on the router?"],
    ["mateo", "It's the network duck. It routes."],
    ["ben", "Since it sits there we had no outage. I'm leaving it.", { react: { "🦆": "mateo", "🙏": "lena" } }],
  ]],
  ["releases", [
    ["ana", "The post is written. Three paragraphs, no exclamation mark."],
    ["lena", "Not even one?"],
    ["ana", "One.", { edit: "One!", react: { "🎉": "lena", "😂": "ben" } }],
  ]],
  ["lobby", [
    ["mateo", "Search finds words in all rooms that one is in, by the way. I found my own promise from Monday with it."],
    ["ana", "Which one?"],
    ["mateo", "That I'd tidy the shelf.", { react: { "👀": "ana", "😂": "chiyo" } }],
  ]],
  ["shipyard", [
    ["chiyo", "Review, please, it is short: the table is loaded while the map is drawn, instead of before."],
    ["priya", "Looks good. What happens if the table is there first?"],
    ["chiyo", "It waits for the map. There is a test, `draws_once`.", { react: { "✅": "priya" } }],
    ["priya", "Then merge it, and enjoy those 300 ms.", { react: { "🚀": "chiyo" } }],
  ]],
];
