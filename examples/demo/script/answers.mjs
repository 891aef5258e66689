// What the team answers: the first rule whose pattern is in the message. {name} is who wrote it.

export const answers = [
  [/\b(thanks?|thank you|thx|cheers)\b/i, ["You're welcome, {name}!", "Any time 🙂", "My pleasure."]],
  [/\b(who are you|are you (a )?(bot|real|human)|robot|bots?)\b/i, [
    "A bot with a script, I admit: `examples/demo` in the repository. Everything else you see here is the real server.",
  ]],
  [/\b(bold|format\w*|markdown|code|italic)\b/i, [
    "Try `**bold**`, `*italic*` and `~~struck~~`: it becomes **bold**, *italic* and ~~struck~~. One backtick before and after makes `code`, a line of three of them a whole block:\n```\nconsole.log('like this');\n```",
  ]],
  [/\b(file|upload|image|picture|photo)s?\b/i, [
    "Drop a file onto the window, or paste a picture into the box. Images are shown right here, all else can be downloaded.",
  ]],
  [/\b(search|find)\b/i, ["The search at the top finds words in all rooms that you are in. `Ctrl+K` finds the rooms and people themselves."]],
  [/\b(edit|typo|delete|undo)\b/i, ["**↑** in the empty box opens your last message again. Deleting is in the menu of the message."]],
  [/\b(room|channel|private|invite)s?\b/i, [
    "The **+** beside the rooms makes one, public or private; then invite us from its menu, and we come at once.",
  ]],
  [/\b(dark|light|theme)\b/i, ["Light, dark, or as your system has it: it is in the menu at your name."]],
  [/\b(offline|network|reconnect|crash|kill)\b/i, [
    "Stop the server, write something, start it again: what you have written goes out then, once, and what you have missed comes in.",
  ]],
  [/\b(help|how|what can|features?|tips?|try)\b/i, null],
  [/\b(hi|hello|hey|hallo|moin|good (morning|evening|afternoon))\b/i, [
    "Hello {name}! Good to see you 👋", "Hi {name}! If you would like a tip, just ask me for *help*.", "Hey {name}, welcome aboard ⚓",
  ]],
  [/\?\s*$/, ["Good question, {name}. I'd ask the tide, it comes round twice a day.", "I'd say yes. Ben would say: look at the log."]],
];

/** For "help", and for all that no rule fits: each of them once, then from the start. */
export const tips = [
  "Try `**bold**` or `*italic*` in your next message.",
  "Press `Ctrl+K` and type two letters of a room or a name.",
  "**↑** in the empty box edits what you wrote last. Try it on this conversation.",
  "Hold the pointer over a message: a reaction, a reply, and more in the menu.",
  "Open a second window, log in as Ben Okafor with the same password, and write to yourself.",
  "Make a private room with the **+** beside the rooms and invite me: I'll come.",
  "Drop a picture onto the window. It is uploaded while you still write.",
  "Search finds every word that was said in your rooms, also from days ago.",
  "Look away for five minutes and the others see that you are away. My own dot does that, too.",
];

/** To somebody who joins a room; and to somebody's first words in one. */
export const welcomes = ["Welcome, @{name}! 👋", "Good to have you here, @{name}!", "Hello @{name}, take a seat."];

export const waves = ["👋", "👍", "🎉", "😄"];

/** When somebody invites one of the team into a room of their own. */
export const arrivals = ["Thanks for the invitation! Nice room. Mention me here and I answer.", "Here I am. Cosy!"];
