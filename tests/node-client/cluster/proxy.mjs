// examples/cluster/round-robin.mjs as a child process that ends when whoever started it has gone.
process.stdin.on("end", () => process.exit()).resume();
await import("../../../examples/cluster/round-robin.mjs");
