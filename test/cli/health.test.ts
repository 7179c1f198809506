import { describe, expect, it, test } from 'vitest';
import { checksOf, type Health } from '../../src/cli/health.js';
import type { DaemonFacts } from '../../src/docker/inspect-docker.js';
import { parseCpuTimes } from '../../src/observe/index.js';
import { SlopegateError } from '../../src/model/index.js';
import { sameSource } from '../../src/run/docker.js';

const GIB = 1024 ** 3;
const DAEMON: DaemonFacts = {
  product: 'Engine',
  engine: '26.1.5',
  api: '1.45',
  os: 'Debian',
  kernel: '6.18',
  architecture: 'x86_64',
  cpus: 2,
  memoryBytes: 8 * GIB,
  cgroupVersion: 2,
  cgroupDriver: 'cgroupfs',
  storageDriver: 'overlay2',
  memoryLimits: true,
  swapLimits: true,
  rootless: false,
};

function checks(daemon: Partial<DaemonFacts> | null, rest: Partial<Health> = {}) {
  const report = {
    daemon: daemon === null ? null : { ...DAEMON, ...daemon },
    compose: '2.26.1',
    images: {},
    problems: [],
  };
  const all = checksOf({
    report,
    host: 'unix:///var/run/docker.sock',
    context: null,
    local: true,
    swap: 0,
    node: 'v20.20.0',
    ...rest,
  });
  return Object.fromEntries(all.map((check) => [check.name, check]));
}

test('two daemons are read in the same way, unless the scenario states one', () => {
  expect(sameSource({ source: 'auto', sidecar: true }, true)).toEqual({ source: 'stats', sidecar: true });
  expect(sameSource({ source: 'cgroup', sidecar: false }, true)?.source).toBe('cgroup');
  expect(sameSource({ source: 'auto', sidecar: false }, false)?.source).toBe('auto');
});

describe('doctor', () => {
  it('has no remark about a good host', () => {
    expect(Object.values(checks({})).every(({ state }) => state === 'ok')).toBe(true);
  });

  it.each<[string, Partial<DaemonFacts>, string, string]>([
    ['one core', { cpus: 1 }, 'cpus', 'interleaved'],
    ['little memory', { memoryBytes: 2 * GIB }, 'memory size', 'limits'],
    ['no limits', { memoryLimits: false }, 'limits', 'limits'],
    ['an old engine', { api: '1.40' }, 'docker', '1.41'],
    ['no cgroup version', { cgroupVersion: null }, 'memory', 'stats API'],
  ])('hints at %s', (_, daemon, name, hint) => {
    const check = checks(daemon)[name];
    expect(check?.state).not.toBe('ok');
    expect(check?.hint).toContain(hint);
  });

  it('a daemon that does not answer counts as missing, with the reason and the hint of the error', () => {
    const problem = new SlopegateError('DOCKER_UNREACHABLE', 'nobody answers', { hint: 'start it' });
    const found = checks(null, { report: { daemon: null, compose: null, images: {}, problems: [problem] } });
    expect(found['docker']).toMatchObject({ state: 'missing', detail: 'nobody answers', hint: 'start it' });
    expect(found['compose']).toMatchObject({ state: 'missing' });
  });

  it('says what swap causes, and that a remote daemon is read through its API', () => {
    expect(checks({}, { swap: GIB })['swap']?.hint).toContain('stack.limits.memory');
    expect(checks({}, { local: false, swap: null })['memory']?.detail).toContain('not on this host');
  });

  it('says how traffic reaches another machine, and which context is used', () => {
    expect(checks({}, { local: false, host: 'ssh://root@waf' })['traffic']).toMatchObject({ state: 'ok' });
    expect(checks({}, { local: false, host: 'tcp://waf:2376' })['traffic']?.hint).toContain('remote-ports');
    expect(checks({}, { context: 'lab' })['docker']?.detail).toContain('(context lab)');
  });

  it('a missing base image is only a note, because it is pulled or built', () => {
    const found = checks(null, {
      report: { daemon: DAEMON, compose: '2.26.1', images: { 'debian:trixie-slim': false }, problems: [] },
    });
    expect(found['base image']?.state).toBe('note');
  });

  it('says that Podman is not Docker, and that a normal user cannot see sockets', () => {
    expect(checks({ product: 'Podman Engine' })['engine']).toMatchObject({ state: 'note' });
    expect(checks({}, { root: false })['descriptors']).toMatchObject({ state: 'note' });
    expect(checks({}, { root: true })['descriptors']).toBeUndefined();
  });

  const CALM = {
    cpus: 2,
    load: 0.2,
    waiting: 0.1,
    stolen: 0,
    availableBytes: 8 * GIB,
    diskFreeBytes: 9 * GIB,
    otherContainers: 3,
  };
  it.each([
    ['host load', { load: 3.1 }],
    ['cpu pressure', { waiting: 0.9 }],
    ['stolen cpu', { stolen: 0.2 }],
    ['free memory', { availableBytes: GIB / 2 }],
    ['free disk', { diskFreeBytes: GIB / 8 }],
  ])('an idle host is ok; %s is noted', (name, change) => {
    expect(checks({}, { state: CALM })[name]).toMatchObject({ state: 'ok' });
    expect(checks({}, { state: { ...CALM, ...change } })[name]).toMatchObject({ state: 'note' });
  });

  it('reads the processor times of the kernel', () => {
    const text = 'cpu  100 0 50 800 10 0 5 35 0 0\ncpu0 50 0 25 400 5 0 2 17 0 0\ncpu1 50 0 25 400 5 0 3 18 0 0\n';
    expect(parseCpuTimes(text)).toEqual({ all: 1000, stolen: 35, cpus: 2 });
    expect(parseCpuTimes('')).toBeNull();
  });
});
