/**
 * What watching costs: CPU time per container-hour, cgroup files against Docker's stats stream without and with
 * sidecars, in one run.
 *
 *   npm run build && node bench/observer.mjs [--containers 8] [--seconds 20] [--image debian:bookworm-slim]
 *
 * Each container holds a master and two workers with 20 files and 10 sockets each. Prints the CPU time of the harness,
 * of the sidecars
 * and, where their processes are visible here, of dockerd and containerd; less what these use while nothing is watched.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import Docker from 'dockerode';
import { createObserver } from '../dist/observe/index.js';

const PROGRAM =
  'for (1 .. 20) { open my $f, "<", "/etc/passwd"; push @f, $f } for (1 .. 10) { socket(my $s, 2, 1, 0); ' +
  'push @f, $s } fork && fork; sleep 1 while 1';

const { values } = parseArgs({
  options: {
    containers: { type: 'string', default: '8' },
    seconds: { type: 'string', default: '20' },
    image: { type: 'string', default: 'debian:bookworm-slim' },
  },
});
const count = Number(values.containers);
const seconds = Number(values.seconds);
const docker = new Docker();
const containers = await Promise.all(
  Array.from({ length: count }, () =>
    docker.createContainer({
      Image: values.image,
      Cmd: ['perl', '-e', PROGRAM],
      Labels: { 'io.slopegate': '1' },
      HostConfig: { AutoRemove: true },
    }),
  ),
);
try {
  for (const container of containers) await container.start();
  await sleep(2000);
  const idle = await measured(() => sleep(seconds * 1000));
  report('cgroup', await watched({ source: 'cgroup' }), idle);
  report('stats', await watched({ source: 'stats' }), idle);
  report('with sidecar', await watched({ source: 'stats', sidecar: true }), idle);
} finally {
  await Promise.all(containers.map((container) => container.remove({ force: true }).catch(() => undefined)));
}

/** CPU seconds, and readings, of a watch over all containers. */
async function watched(way) {
  const begin = performance.now();
  let readings = 0;
  const observation = await createObserver({ docker, ...way }).observe({
    containers: containers.map(({ id }, index) => ({ id, name: id, service: `s${index}`, container: 1 })),
    answered: () => 0,
    elapsed: () => (performance.now() - begin) / 1000,
    onReading: () => (readings += 1),
    onEvent: (event) => console.error(event),
  });
  await sleep(2000);
  readings = 0;
  const used = await measured(() => sleep(seconds * 1000));
  await observation[Symbol.asyncDispose]();
  return { ...used, readings };
}

/** Asking the sidecars how much they used costs time too, so it is done before and after. */
async function measured(work) {
  const sidecars = await sidecarSeconds();
  const before = { harness: process.cpuUsage(), daemon: daemonSeconds() };
  await work();
  const { user, system } = process.cpuUsage(before.harness);
  const daemon = daemonSeconds() - before.daemon;
  return { harness: (user + system) / 1e6, daemon, sidecars: (await sidecarSeconds()) - sidecars };
}

/** CPU seconds that the sidecars of these containers have used so far. */
async function sidecarSeconds() {
  const listed = await docker.listContainers({
    filters: JSON.stringify({ label: ['io.slopegate'], name: ['-sidecar$'] }),
  });
  const names = await Promise.all(containers.map(async (container) => `${(await container.inspect()).Name}-sidecar`));
  const own = listed.filter(({ Names }) => names.includes(Names[0]));
  const used = await Promise.all(
    own.map(
      async ({ Id }) =>
        (await docker.getContainer(Id).stats({ stream: false, 'one-shot': true })).cpu_stats.cpu_usage.total_usage,
    ),
  );
  return used.reduce((sum, nanoseconds) => sum + nanoseconds / 1e9, 0);
}

/** CPU seconds that dockerd, containerd and its shims have used; NaN if they are not visible. */
function daemonSeconds() {
  let ticks = Number.NaN;
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
      if (!/\((dockerd|containerd)/.test(stat)) continue;
      const [user, system] = stat
        .slice(stat.lastIndexOf(')') + 2)
        .split(' ')
        .slice(11, 13)
        .map(Number);
      ticks = (Number.isNaN(ticks) ? 0 : ticks) + user + system;
    } catch {
      // The process ended meanwhile.
    }
  }
  return ticks / 100;
}

function report(source, used, idle) {
  const perHour = (cpu) => ((cpu / (count * seconds)) * 3600).toFixed(2);
  const harness = used.harness - idle.harness;
  console.log(
    `${source.padEnd(12)} harness ${perHour(harness)} CPU s per container-hour, daemon ` +
      `${perHour(used.daemon - idle.daemon)}, sidecar ${perHour(used.sidecars)}; ` +
      `${((harness / used.readings) * 1e6).toFixed(0)} µs per reading, ${used.readings} readings of ${count * seconds}`,
  );
}
