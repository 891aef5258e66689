// Draws the picture that somebody shows in the demo, a tide curve, and writes it as a PNG: nothing to install, no binary in the repository.
import { deflateSync } from "node:zlib";

const width = 720;
const height = 300;
const sky = [236, 244, 250];
const water = [64, 132, 190];
const deep = [38, 92, 146];
const line = [16, 52, 92];
const grid = [214, 226, 236];

/** Of a curve of two tides: how much of a column is sky. */
const surface = (x) => height * (0.46 - 0.24 * Math.sin((x / width) * 4 * Math.PI - 1) - 0.05 * Math.sin((x / width) * 9 * Math.PI));

function colour(x, y) {
  const depth = y - surface(x);
  if (Math.abs(depth) < 2.5) return line;
  if (depth < 0) return x % 90 === 0 || y % 60 === 0 ? grid : sky;
  const share = Math.min(1, depth / (height * 0.6));
  return water.map((part, channel) => Math.round(part + (deep[channel] - part) * share));
}

/** As node:zlib has it too, but not in all versions of Node.js 20. */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

function chunk(type, content) {
  const bytes = Buffer.alloc(12 + content.length);
  bytes.writeUInt32BE(content.length, 0);
  bytes.write(type, 4, "latin1");
  content.copy(bytes, 8);
  bytes.writeUInt32BE(crc32(bytes.subarray(4, 8 + content.length)), 8 + content.length);
  return bytes;
}

export function tideCurve() {
  const rows = Buffer.alloc(height * (1 + 3 * width)); // Each row begins with its filter: 0, none.
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) rows.set(colour(x, y), y * (1 + 3 * width) + 1 + 3 * x);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8); // Eight bits of red, green and blue.
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(rows)), chunk("IEND", Buffer.alloc(0))]);
}
