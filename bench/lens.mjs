/**
 * What the lens does to a real WAF: CPU time per request and growth of anonymous memory, with and without it, side by
 * side.
 *
 *   npm run build && node bench/lens.mjs [--rounds 20] [--requests 300] [--waf IMAGE] [--origin IMAGE]
 *
 * The images are those of scenarios/modsecurity-crs. Both containers are the same but for the lens. In each round both
 * get the same requests, one after the other and first the one that was second before, so that a busy host harms both.
 */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import autocannon from 'autocannon';
import Docker from 'dockerode';
import { findCompose } from '../dist/compose/find-compose.js';
import { ensureLibrary } from '../dist/lens/index.js';
import { LENS_LIBRARY, LENS_PAGES } from '../dist/lens/paths.js';

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '20' },
    requests: { type: 'string', default: '300' },
    waf: { type: 'string', default: 'slopegate/waf:trixie' },
    origin: { type: 'string', default: 'slopegate/origin:1' },
  },
});
const REQUESTS = [
  { method: 'GET', path: '/shop?id=5&q=hello+world' },
  { method: 'GET', path: "/?id=1'+or+1=1--" },
  form('application/x-www-form-urlencoded', 'a=1&b=2&name=some+name'),
  form('application/json', JSON.stringify({ a: 1, b: [1, 2, 3], c: { d: 'text', e: 'x'.repeat(100) } })),
];
const docker = new Docker();
const signal = new AbortController().signal;
const library = await ensureLibrary({
  docker,
  compose: await findCompose(process.env, signal),
  folder: mkdtempSync(join(tmpdir(), 'slopegate-bench-')),
  labels: { 'io.slopegate': '1' },
  signal,
  onLine: console.error,
});
const network = await docker.createNetwork({ Name: `lens-bench-${process.pid}`, Labels: { 'io.slopegate': '1' } });
const containers = [];
try {
  await start(values.origin, 'origin');
  const arms = [
    { name: 'without', ...(await start(values.waf, 'without', { Env: ['LD_PRELOAD='] })) },
    {
      name: 'with',
      ...(await start(values.waf, 'with', {
        Env: [`LD_PRELOAD=${LENS_LIBRARY}`],
        HostConfig: { Binds: [`${library}:${LENS_LIBRARY}:ro`], Tmpfs: { [LENS_PAGES]: 'mode=1777,size=64m' } },
      })),
    },
  ];
  const count = Number(values.requests);
  for (const arm of arms) await load(arm, count * 5);
  const begin = await Promise.all(arms.map(state));
  const rounds = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    const used = {};
    for (const arm of round % 2 === 0 ? arms : arms.toReversed()) {
      const before = await state(arm);
      await load(arm, count);
      used[arm.name] = ((await state(arm)).cpu - before.cpu) / count;
    }
    rounds.push(used);
  }
  const end = await Promise.all(arms.map(state));
  const all = count * rounds.length;
  const ratios = rounds.map((used) => used.with / used.without - 1).sort((a, b) => a - b);
  const total = (name) => rounds.reduce((sum, used) => sum + used[name], 0) / rounds.length;
  console.log(
    `CPU per request: ${total('without').toFixed(3)} ms without, ${total('with').toFixed(3)} ms with the lens`,
  );
  console.log(
    `the median round: ${percent(ratios[Math.floor(ratios.length / 2)])}; half of the rounds between ` +
      `${percent(ratios[Math.floor(ratios.length / 4)])} and ${percent(ratios[Math.floor((ratios.length * 3) / 4)])}`,
  );
  arms.forEach(({ name }, i) => {
    const growth = end[i].anonymous - begin[i].anonymous;
    console.log(`anonymous memory ${name}: ${begin[i].anonymous} B, then ${(growth / all).toFixed(1)} B per request`);
  });
} finally {
  for (const container of containers) await container.remove({ force: true, v: true });
  await network.remove();
}

function form(type, body) {
  return { method: 'POST', path: '/form', headers: { 'content-type': type }, body };
}

async function start(image, alias, { Env = [], HostConfig = {} } = {}) {
  const container = await docker.createContainer({
    Image: image,
    Env,
    Labels: { 'io.slopegate': '1' },
    ExposedPorts: { '8080/tcp': {} },
    HostConfig: { ...HostConfig, PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } },
    NetworkingConfig: { EndpointsConfig: { [network.id]: { Aliases: [alias] } } },
  });
  containers.push(container);
  await container.start();
  const { NetworkSettings } = await container.inspect();
  const url = `http://127.0.0.1:${NetworkSettings.Ports['8080/tcp'][0].HostPort}`;
  while (!(await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null))) await sleep(200);
  return { container, url };
}

function load({ url }, amount) {
  return autocannon({ url, amount, connections: 2, requests: REQUESTS });
}

/** CPU milliseconds so far, and anonymous memory in bytes. */
async function state({ container }) {
  const { cpu_stats: cpu, memory_stats: memory } = await container.stats({ stream: false, 'one-shot': true });
  return { cpu: cpu.cpu_usage.total_usage / 1e6, anonymous: memory.stats.anon ?? memory.stats.total_rss };
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}
