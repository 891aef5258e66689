// What an event may carry, and what comes back of it.
const bytes = (...values) => Buffer.from(values);

let deep = "bottom";
for (let depth = 0; depth < 40; depth++) {
  deep = depth % 2 ? [deep] : { deep };
}

/** Lists of arguments that must come back equal. */
export const argumentLists = {
  "no arguments": [],
  "null and booleans": [null, true, false],
  "numbers": [0, 1, -1, 1.5, 1e21, -1e-7, 9007199254740991, 0.1],
  "empty things": ["", [], {}],
  "texts": ["a", "てすと", "Я Б Г", "👩‍👩‍👧 😀", "\u2028\u2029", "\\\"/\b\f\n\r\t", "<script>&'"],
  "control characters": ["\u0000\u0001\u001e\u007f", "b64:\u001e4"],
  "texts that look like packets": ["2", "42[\"a\"]", "51-[]", "bAQID", "{\"_placeholder\":true}"],
  "objects": [{ a: { b: { c: [1, { d: null }] } }, "": 1, "ключ": "значение", constructor: "x" }],
  "nested forty deep": [deep],
  "many arguments": Array.from({ length: 100 }, (_, index) => index),
};

export const binaryLists = {
  "binary": [bytes(1, 2, 3)],
  "empty binary": [bytes()],
  "every byte": [Buffer.from(Array.from({ length: 256 }, (_, index) => index))],
  "binary beside others": ["a", bytes(1), 2, bytes(3, 4), null],
  "binary at depth": [{ a: [{ b: bytes(5) }, [[[bytes(6, 7)]]]], c: { d: { e: bytes() } } }, [bytes(8), "x", { y: bytes(9) }]],
  "ten attachments, as many as a client takes": [Array.from({ length: 10 }, (_, index) => bytes(index))],
  "bytes like separators": [bytes(0x1e, 0x34, 0x62)],
};

/** The kinds of binary that a sender has in Node.js; all arrive as a Buffer. */
export const binaryKinds = {
  Buffer: bytes(1, 2, 3),
  Uint8Array: Uint8Array.from([1, 2, 3]),
  ArrayBuffer: Uint8Array.from([1, 2, 3]).buffer,
  "part of a buffer": new Uint8Array(Uint8Array.from([9, 1, 2, 3, 9]).buffer, 1, 3),
  DataView: new DataView(Uint8Array.from([1, 2, 3]).buffer),
};

/** The numbers from 0, as many as asked for. */
export const numbers = (count) => Array.from({ length: count }, (_, index) => index);
