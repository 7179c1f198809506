/**
 * What a call of Docker Compose costs: `docker compose` against the file of the plugin, in turns.
 * Usage: node bench/compose.mjs [ROUNDS]   (needs a build, and Docker with the Compose plugin)
 */
import { spawnSync } from 'node:child_process';
import { findCompose } from '../dist/compose/find-compose.js';

const rounds = Number(process.argv[2] ?? 20);
const { command } = await findCompose(process.env);
if (command[0] === 'docker') throw new Error('The file of the plugin was not found.');
const input = 'services: {one: {image: "debian:bookworm-slim", command: sleep 1}}\n';

/** Seconds that `config` takes. */
function secondsOf([file, ...args]) {
  const began = performance.now();
  const { status, stderr } = spawnSync(file, [...args, '-f', '-', 'config'], { input });
  if (status !== 0) throw new Error(String(stderr));
  return (performance.now() - began) / 1000;
}

const ways = { 'docker compose': ['docker', 'compose'], 'file of the plugin': command };
const seconds = Object.fromEntries(Object.keys(ways).map((name) => [name, []]));
for (let round = 0; round < rounds; round += 1)
  for (const [name, way] of Object.entries(ways)) seconds[name].push(secondsOf(way));
const median = (values) => values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
const [byDocker, direct] = Object.values(seconds).map(median);
for (const [name, values] of Object.entries(seconds)) console.log(`${name}: median ${median(values).toFixed(3)} s`);
console.log(`ratio ${(direct / byDocker).toFixed(2)} (${rounds} rounds in turns)`);
