import { appendFile, chmod, mkdir, mkdtemp, readFile, rm, stat, symlink, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunningStack } from '../../src/model/index.js';
import { run } from '../../src/compose/run.js';
import { calm, docker, leftovers, newRun, newStack, scenarioOf } from './daemon.js';
import { nameOfTest } from '../test-process.js';

/** A server of one line, so that the arm has an entry; dollars are doubled for Compose. */
const SERVER =
  "exec perl -MIO::Socket::INET -e 'my $$s=IO::Socket::INET->new(LocalPort=>8080,Listen=>5,ReuseAddr=>1);" +
  'while(my $$c=$$s->accept){<$$c>; print $$c "HTTP/1.0 200 OK\\r\\n\\r\\nok"; close $$c}\'';
/** A volume of production, which the arms get copies of. */
const PROD = nameOfTest('prod');
const COMPOSE = {
  services: {
    edge: {
      image: 'debian:bookworm-slim',
      command: ['sh', '-c', `echo arm > /data/logs/arm.log; echo arm >> /state.json; ${SERVER}`],
      volumes: ['./site:/data', './state.json:/state.json', 'prod:/prod'],
      networks: { front: { ipv4_address: '172.30.7.10' } },
      ipc: 'host',
    },
    detector: {
      image: 'debian:bookworm-slim',
      depends_on: ['edge'],
      read_only: true,
      tmpfs: ['/etc/waf'],
      command: ['sleep', '600'],
      configs: [{ source: 'upstream', target: '/etc/upstream.conf' }],
      volumes: ['./site/logs:/logs:ro', './state.json:/etc/waf/state.json', './a$$b.conf:/a.conf'],
      networks: ['front'],
      ipc: 'host',
    },
  },
  volumes: { prod: { external: true, name: PROD } },
  configs: { upstream: { file: './upstream.conf' } },
  networks: { front: { ipam: { config: [{ subnet: '172.30.7.0/24' }] } } },
};

let folder = '';
beforeAll(async () => {
  await docker.createVolume({ Name: PROD, Labels: { 'slopegate-test': PROD } });
  const write = [
    'docker',
    'run',
    '--rm',
    '-v',
    `${PROD}:/p`,
    'debian:bookworm-slim',
    'sh',
    '-c',
    'echo kept > /p/file; ln -s file /p/link; chown 4321:4322 /p; chmod 2770 /p',
  ];
  await run({ command: write, env: process.env });
  folder = await mkdtemp(join(tmpdir(), 'slopegate-paths-'));
  await mkdir(join(folder, 'site/logs'), { recursive: true });
  await writeFile(join(folder, 'site/logs/prod.log'), 'production\n');
  await writeFile(join(folder, 'state.json'), 'production\n');
  await chmod(join(folder, 'site'), 0o750);
  await symlink('./state.json', join(folder, 'site/.link'));
  // A file with a hole, as databases make them.
  await writeFile(join(folder, 'site/hole.db'), '');
  await truncate(join(folder, 'site/hole.db'), 64 * 1024 ** 2);
  await writeFile(join(folder, 'upstream.conf'), 'server 172.30.7.20;\n');
  await writeFile(join(folder, 'a$b.conf'), 'dollar\n');
  await writeFile(join(folder, 'compose.yml'), JSON.stringify(COMPOSE));
});
afterAll(async () => {
  await rm(folder, { recursive: true });
  await docker.getVolume(PROD).remove({ force: true });
});

async function inside(arm: RunningStack, service: string, ...command: string[]): Promise<string> {
  const { id } = arm.containers.find((container) => container.service === service)!;
  const { stdout, lines } = await run({ command: ['docker', 'exec', id, ...command], env: process.env });
  return stdout === '' ? lines.join('\n') : stdout;
}

test('both arms have their own copy of every path; only their own services share it', async () => {
  const runId = newRun();
  const stack = newStack();
  const scenario = scenarioOf([join(folder, 'compose.yml')], {
    entry: { service: 'edge', port: 8080 },
    origin: null,
  });
  const up = (arm: 'baseline' | 'candidate') =>
    stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal: calm() });
  {
    await using baseline = await up('baseline');
    await using candidate = await up('candidate');
    await appendFile(join(folder, 'site/logs/late.log'), 'written by production after the start\n');
    const { uid, gid } = await stat(join(folder, 'site'));
    for (const arm of [baseline, candidate]) {
      // One folder, written by one service and read by the other.
      expect(await inside(arm, 'detector', 'ls', '/logs')).toBe('arm.log\nprod.log');
      // One file, under a read-only root and a tmpfs, the same for both services.
      expect(await inside(arm, 'detector', 'cat', '/etc/waf/state.json')).toBe('production\narm');
      expect(await inside(arm, 'detector', 'cat', '/a.conf')).toBe('dollar');
      expect(await inside(arm, 'detector', 'cat', '/etc/upstream.conf')).toMatch(/^server 10\.\d+\.\d+\.20;$/);
      expect(await inside(arm, 'edge', 'cat', '/prod/link')).toBe('kept');
      // A container without root writes to a folder only if it may there too.
      expect(await inside(arm, 'edge', 'stat', '-c', '%u:%g %a', '/data', '/prod')).toBe(
        `${uid}:${gid} 750\n4321:4322 2770`,
      );
      expect(await inside(arm, 'edge', 'readlink', '/data/.link')).toBe('./state.json');
      expect(await inside(arm, 'edge', 'stat', '-c', '%s', '/data/hole.db')).toBe(String(64 * 1024 ** 2));
      await inside(arm, 'edge', 'touch', `/dev/shm/${arm.arm}`);
      expect(await inside(arm, 'detector', 'ls', '/dev/shm')).toBe(arm.arm);
    }
  }
  expect(await readFile(join(folder, 'state.json'), 'utf8')).toBe('production\n');
  expect(await leftovers(runId)).toEqual([]);
});
