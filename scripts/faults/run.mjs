#!/usr/bin/env node
// Disturbs runs on real Docker with faults from a seed: node scripts/faults/run.mjs [faults] [seed]. Build first.
// Each fault disturbs one run at a random moment. Then this must hold: the exit code is in the table, nothing hangs,
// the recording can be judged, and nothing is left after `prune`.
import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const BIN = join(HERE, '../../bin/slopegate.js');
const count = Number(process.argv[2] ?? 6);
let state = Number(process.argv[3] ?? Date.now() % 1e9) | 0;
const HANG_SECONDS = 240;
const LONGEST_DELAY = 15;

console.log(`seed ${state}`);

/** mulberry32. */
function random() {
  state = (state + 0x6d2b79f5) | 0;
  let t = Math.imul(state ^ (state >>> 15), 1 | state);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
}

const docker = (...args) => execFileSync('docker', args, { encoding: 'utf8' }).trim();
const containersOf = (runId, arm) =>
  docker('ps', '-q', '--filter', `label=io.slopegate.run=${runId}`, '--filter', `label=io.slopegate.arm=${arm}`)
    .split('\n')
    .filter(Boolean);
const onWaf =
  (arm, ...verb) =>
  ({ runId }) =>
    containersOf(runId, arm).forEach((id) => docker(...verb, id));

/** What is done to a run, and the exit codes that are honest after it; null is an end by the signal itself. */
const FAULTS = [
  ['kill -9 of the harness', ({ child }) => child.kill('SIGKILL'), [null]],
  ['SIGTERM', ({ child }) => child.kill('SIGTERM'), [130]],
  ['SIGHUP', ({ child }) => child.kill('SIGHUP'), [130]],
  ['run folder deleted', ({ folder }) => rmSync(folder, { recursive: true, force: true }), [5]],
  ['candidate killed', onWaf('candidate', 'kill'), [1, 3, 4, 5]],
  ['baseline killed', onWaf('baseline', 'kill'), [3, 4, 5]],
  ['candidate removed', onWaf('candidate', 'rm', '-f'), [1, 3, 4, 5]],
];

async function tryOne([name, hit, honest], number) {
  const out = mkdtempSync(join(tmpdir(), 'slopegate-fault-'));
  const child = spawn(process.execPath, [BIN, 'run', join(HERE, 'scenario.yaml'), '--out', out, '--quiet'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (more) => (said += more));
  const ended = new Promise((resolve) => child.once('close', resolve));
  while (readdirSync(out).length === 0 && child.exitCode === null) await new Promise((r) => setTimeout(r, 100));
  const runId = readdirSync(out)[0];
  const delay = random() * LONGEST_DELAY;
  await new Promise((resolve) => setTimeout(resolve, delay * 1000));
  hit({ child, runId, folder: join(out, runId) });
  const hang = setTimeout(() => child.kill('SIGKILL'), HANG_SECONDS * 1000);
  const began = Date.now();
  const exit = await ended;
  clearTimeout(hang);
  const faults = [];
  if (Date.now() - began >= HANG_SECONDS * 1000) faults.push('it hung');
  if (!honest.includes(exit)) faults.push(`exit ${exit}`);
  if (said.includes('INTERNAL')) faults.push('INTERNAL');
  const recorded = [join(out, `${runId}-rescued`), join(out, runId)].find((folder) => existsSync(folder));
  const judged = spawn(process.execPath, [BIN, 'analyze', recorded ?? out], { stdio: 'ignore' });
  const verdict = await new Promise((resolve) => judged.once('close', resolve));
  if (![1, 3, 4].includes(verdict)) faults.push(`analyze ended with ${verdict}`);
  execFileSync(process.execPath, [BIN, 'prune', '--run', runId], { stdio: 'ignore' });
  const left = docker('ps', '-aq', '--filter', `label=io.slopegate.run=${runId}`);
  if (left !== '') faults.push('containers are left');
  rmSync(out, { recursive: true, force: true });
  const outcome = faults.length === 0 ? 'ok' : `WRONG: ${faults.join(', ')}`;
  console.log(`${number} ${name} after ${delay.toFixed(1)} s: exit ${exit}, analyze ${verdict}: ${outcome}`);
  return faults.length === 0;
}

let wrong = 0;
for (let number = 1; number <= count; number += 1) {
  const fault = FAULTS[Math.floor(random() * FAULTS.length)];
  if (!(await tryOne(fault, number))) wrong += 1;
}
console.log(`${count} faults, ${wrong} wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
