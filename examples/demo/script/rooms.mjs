// What was said before the newcomer came. Times are working days back ("2d 09:12", local time) or minutes ("40m"). Whoever "looks after"
// a room welcomes those who join it. The last "unread" messages are new to Demo; "id" and "reply" join an answer to its question.
const everybody = ["ana", "ben", "chiyo", "lena", "mateo", "priya"];

const lobby = {
  name: "lobby",
  kind: "public",
  topic: "📌 Everybody begins here. Say hello, or mention one of us with @: we answer.",
  owner: "ana",
  members: everybody,
  unread: 2,
  said: [
    ["ana", "3d 09:02", "Good morning! Tidewatch 1.4 goes out this week. Plans are in #releases, questions belong here.", { react: { "👍": ["ben", "lena", "priya"] } }],
    ["mateo", "3d 09:06", "Morning. I have the ferry feed on my list, and coffee in my hand ☕"],
    ["lena", "2d 11:30", "The harbour office called: from Monday on **pier 3 is closed** for repairs. Do we show that anywhere?", { id: "pier" }],
    ["priya", "2d 11:34", "We do: closures come with the feed. It is one line in the list, though, easy to miss.", { reply: "pier" }],
    ["lena", "2d 11:36", "Then I'll draw something that one can't miss.", { react: { "🎉": ["priya"], "🙏": ["ana"] } }],
    ["ben", "1d 16:20", "Staging is on the new server. If something looks odd there, tell me what and when, and I'll look at the log."],
    ["chiyo", "1d 16:24", "Faster than before, at least from my kitchen.", { react: { "🚀": ["ben", "mateo"] } }],
    ["ana", "48m", "Today we are one more: please welcome @Demo 👋", { react: { "👋": ["ben", "chiyo", "lena", "mateo", "priya"] } }],
    ["priya", "46m", "Welcome, @Demo! We are a friendly crowd, and only one of us talks to their compiler.", { react: { "😂": ["lena", "ana"] } }],
    ["mateo", "45m", "It talks back.", { react: { "😂": ["priya", "chiyo", "ben"] } }],
    ["ben", "12m", "What one can do here, in short:\n- `Ctrl+K` jumps to any room or person\n- **↑** in the empty box edits your last message\n- files can be dropped anywhere"],
    ["chiyo", "11m", "And whoever writes @Chiyo Tanaka gets an answer from me. Try it 🙂", { react: { "👍": ["ana"] } }],
  ],
};

const shipyard = {
  name: "shipyard",
  kind: "public",
  topic: "Code, builds and what broke them. Before a merge: is the log quiet?",
  owner: "ben",
  members: ["ana", "ben", "chiyo", "mateo", "priya"],
  unread: 1,
  said: [
    ["ben", "2d 10:03", "The nightly job took **41 minutes** instead of 6. Has anybody changed the tide tables?", { id: "slow" }],
    ["chiyo", "2d 10:09", "I did. Each station now loads its own table, so the same file is read 280 times. Sorry!", { reply: "slow" }],
    ["chiyo", "2d 10:31", "This reads it once:\n```\nconst tables = new Map();\n\nexport function tableOf(year) {\n  if (!tables.has(year)) tables.set(year, loadTable(year));\n  return tables.get(year);\n}\n```", { edited: true, react: { "👀": ["ben"], "👍": ["mateo", "priya"] } }],
    ["ben", "2d 10:40", "5 minutes 50. Thank you!", { react: { "🎉": ["chiyo", "mateo"] } }],
    ["mateo", "1d 14:15", "The ferry feed sends times like `25:10` for boats after midnight. By the rules of [the format](https://gtfs.org/documentation/schedule/reference/) that is right, and our parser says no.", { id: "midnight" }],
    ["priya", "1d 14:19", "> times like `25:10`\n\nBelongs to the day on which the trip starts. Add the hours to midnight of that day, and mind the night when the clocks change.", { reply: "midnight", react: { "💡": ["mateo", "ben"] } }],
    ["mateo", "1d 15:02", "Done, with a test for that night.", { react: { "✅": ["priya"] } }],
    ["ana", "1d 15:10", "Wrong room, sorry.", { deleted: true }],
    ["ben", "95m", "Two builds are green, one is waiting for a machine. I'd merge the feed after lunch if nobody minds."],
    ["chiyo", "90m", "Fine with me. I'll watch the log on staging:\n```\njournalctl -u tidewatch -f | grep -v heartbeat\n```"],
    ["priya", "28m", "@Demo, when you have a minute: could you read over the notes in #releases? Fresh eyes find what we have overlooked.", { react: { "🙏": ["ana"] } }],
  ],
};

const sketches = {
  name: "sketches",
  kind: "public",
  topic: "How it looks, how it reads. Sketches are welcome, also ugly ones.",
  owner: "lena",
  members: ["ana", "chiyo", "lena", "priya"],
  unread: 0,
  said: [
    ["lena", "2d 13:00", "For closed piers I have two ideas:\n1. a band across the top, in amber\n2. the pier itself crossed out on the map\n\nWhich one would you see *with wet sunglasses*?", { id: "bands", react: { "😂": ["priya"] } }],
    ["priya", "2d 13:05", "1, because it is there before I look at the map.", { reply: "bands" }],
    ["ana", "2d 13:11", "1 and 2. The band says that, the map says where."],
    ["lena", "2d 13:12", "Both it is.", { react: { "👍": ["ana", "priya", "chiyo"] } }],
    ["chiyo", "1d 10:45", "Does the amber hold up against the light background? I get a contrast of 3.9, and it should be 4.5 for text."],
    ["lena", "1d 11:20", "You are right. ~~#B97A00~~ `#8A5A00` gives 5.9, and still looks like a buoy.", { edited: true, react: { "💯": ["chiyo"] } }],
    ["ana", "1d 11:24", "Only you would choose a colour by its buoy, and I am glad that you do.", { react: { "❤️": ["lena", "priya"] } }],
  ],
};

const releases = {
  name: "releases",
  kind: "public",
  topic: "📌 1.4 goes out on Thursday: pier closures, night ferries, a quicker start",
  owner: "ana",
  members: everybody,
  unread: 3,
  said: [
    ["ana", "3d 09:15", "What is in **1.4**:\n- closures of piers, as a band and on the map\n- ferries after midnight\n- the first screen in under a second", { id: "plan", react: { "🚀": ["ben", "chiyo", "mateo", "lena"] } }],
    ["ben", "3d 09:21", "The last one depends on the new server. It is ready, the move takes an evening.", { reply: "plan" }],
    ["priya", "1d 09:40", "First screen on my old phone: 0.8 s on staging, 2.1 s on the live server.", { react: { "🔥": ["ben", "ana"] } }],
    ["ana", "1d 17:05", "Notes for the store, a first try:\n> Piers that are closed can't be overlooked any more. Night owls find their ferry. And it all starts before you have put your bag down."],
    ["mateo", "70m", "Night ferries are merged. Left: the band on small phones.", { react: { "✅": ["ana"] } }],
    ["lena", "66m", "That is mine. Tomorrow noon.", { react: { "👍": ["ana"] } }],
    ["ana", "30m", "Then it stays at Thursday, ten o'clock. @Ben Okafor deploys, @Priya Nair tries it out, I write the post.", { react: { "👍": ["ben", "priya"] } }],
  ],
};

const random = {
  name: "random",
  kind: "public",
  topic: "Everything else: lunch, weather, cats",
  owner: "mateo",
  members: everybody,
  unread: 0,
  said: [
    ["mateo", "2d 12:02", "Lunch: the soup place has lentils, the van at the quay has fish. Who comes along?", { id: "lunch" }],
    ["chiyo", "2d 12:03", "Fish!", { reply: "lunch" }],
    ["lena", "2d 12:04", "Lentils. I have read that fish look at tide tables too, and feel watched.", { react: { "😂": ["mateo", "chiyo", "ben", "priya"] } }],
    ["ben", "1d 12:40", "My cat has walked over the keyboard and closed two tickets. One of them rightly.", { react: { "🐛": ["priya"], "😂": ["ana", "lena"] } }],
    ["priya", "1d 12:42", "Give that cat an account."],
    ["ana", "130m", "Spring tide tonight. If you live at the water: 21:40, and bring a camera.", { react: { "😮": ["lena", "chiyo"] } }],
  ],
};

const surprise = {
  name: "surprise",
  kind: "private",
  topic: "Psst. Ana does not know yet.",
  owner: "lena",
  members: ["ben", "chiyo", "lena", "mateo", "priya"],
  unread: 0,
  said: [
    ["lena", "1d 18:01", "When 1.4 is out I would like to take Ana on a boat. She has planned everything else for years."],
    ["mateo", "1d 18:04", "My uncle has one! Eleven seats, one of them dry.", { react: { "😂": ["lena", "priya", "chiyo"] } }],
    ["priya", "1d 18:06", "I take care of the cake. It needs a lighthouse.", { react: { "🎉": ["lena", "mateo", "ben"] } }],
    ["ben", "110m", "High tide on Friday is at 18:20: we can leave straight from the quay.", { react: { "👍": ["lena", "priya"] } }],
  ],
};

export const rooms = [lobby, random, releases, shipyard, sketches, surprise];

/** What is written to Demo directly. */
export const letters = [
  ["ana", ["Hi Demo, good to have you here! Nothing is urgent today: look around, and ask us whatever you like.", "Write back here if you want, or press `Ctrl+K` and type a name to write to somebody else."]],
  ["ben", ["You administer this site, by the way: the menu at your name has *Administration*. Nothing in there breaks anything, except the red buttons."]],
];

/** What is said last, with the picture: the history can't have files. */
export const picture = { by: "lena", room: "sketches", name: "tide curve.png", text: "The curve for the start screen, with more depth in the water. Too dramatic?", react: { "🔥": "priya", "👍": "chiyo" } };
