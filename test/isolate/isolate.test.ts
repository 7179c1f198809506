import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { ComposeModel, ComposeService } from '../../src/compose/model.js';
import { type IsolateOptions } from '../../src/isolate/types.js';
import { isolateInWords } from './options.js';

const OPTIONS: IsolateOptions = {
  project: 'slopegate-run1-r1-candidate',
  labels: { 'io.slopegate': '1', 'io.slopegate.run': 'run1', 'io.slopegate.arm': 'candidate' },
  publish: [
    { service: 'web', port: 80 },
    { service: 'store', port: 9090 },
  ],
  limits: { memoryBytes: 268435456, cpus: 1.5 },
  hostImage: 'debian:bookworm-slim',
  images: { web: 'sha256:aaa', store: 'sha256:bbb', migrate: 'sha256:ccc', edge: 'sha256:ddd' },
  omit: [],
  subnetsInUse: ['172.17.0.0/16'],
  hostPaths: {},
  allow: [],
  outbound: 'bring-up',
  awaited: [],
  startupChecks: true,
  subpaths: true,
  volumesHere: null,
  without: [],
  publishedOn: '127.0.0.1',
  elsewhere: false,
  apiFolder: null,
  lens: null,
};
const read = async (name: string) =>
  JSON.parse(await readFile(new URL(`../stack/fixtures/${name}`, import.meta.url), 'utf8')) as unknown;
const oneService = (service: ComposeService): ComposeModel => ({ services: { web: service } });
const isolated = (service: ComposeService, options: Partial<IsolateOptions> = {}) =>
  isolateInWords(oneService(service), { ...OPTIONS, publish: [], images: {}, ...options }).model.services['web'];

describe('isolate', () => {
  test('rewrites a model with everything that clashes', async () => {
    const before = (await read('busy.config.json')) as ComposeModel;
    const copy = structuredClone(before);
    const { model, changes } = isolateInWords(before, OPTIONS);
    await expect(`${JSON.stringify({ model, changes }, null, 2)}\n`).toMatchFileSnapshot(
      '../stack/fixtures/busy.isolated.json',
    );
    expect(before).toEqual(copy);
  });

  test('does nothing more when it is done again', async () => {
    const { networks: _networks, ...before } = (await read('busy.config.json')) as ComposeModel;
    const services = Object.fromEntries(
      Object.entries(before.services).map(([name, { networks: _attached, ...service }]) => [name, service]),
    );
    // The scenario's limits are those of the services, and the arm's own host is none when it is made.
    const options = { ...OPTIONS, limits: { memoryBytes: null, cpus: null } };
    const { model } = isolateInWords({ ...before, services }, options);
    const again = isolateInWords(model, options);
    expect(again.model).toEqual(model);
    expect(again.changes.filter(({ path }) => !/\.(healthcheck|restart)$/.test(path))).toEqual([]);
  });

  test("null limits leave the compose file's own", () => {
    const deploy = { resources: { limits: { memory: '104857600', cpus: 0.5 } } };
    expect(isolated({ deploy }, { limits: { memoryBytes: null, cpus: null } })).toMatchObject({
      mem_limit: '104857600',
      cpus: 0.5,
    });
  });

  test('a limit is never stated in two places, which Compose refuses', () => {
    const deploy = {
      replicas: 2,
      resources: { limits: { memory: '1', cpus: 0.5, pids: 10 }, reservations: { memory: '1' } },
    };
    const service = isolated({ deploy });
    expect(service).toMatchObject({ mem_limit: '268435456', cpus: 1.5, pids_limit: 10, deploy: { replicas: 2 } });
    expect(service).not.toHaveProperty('mem_reservation');
    expect(service?.deploy).not.toHaveProperty('resources');
  });

  test("a network of another service is kept, the host's is not", () => {
    expect(isolated({ network_mode: 'service:store' })).toHaveProperty('network_mode', 'service:store');
    expect(isolated({ network_mode: 'host' })).toHaveProperty('network_mode', 'service:slopegate-host');
  });

  test('an image that repeats an address of a moved subnet is reported and not changed', () => {
    const networks = { inside: { ipam: { config: [{ subnet: '172.22.222.0/24' }] } } };
    const build = { context: '/srv', args: { DETECTOR: '172.22.222.5' } };
    const { changes } = isolateInWords(
      { services: { web: { build, networks: { inside: null } } }, networks },
      { ...OPTIONS, publish: [], images: {} },
    );
    expect(changes.filter(({ path }) => path === 'services.web.build')).toEqual([
      {
        path: 'services.web.build',
        code: 'build-repeats-address',
        facts: {},
        what: expect.stringContaining('let the service read it from the environment') as string,
      },
    ]);
  });

  test('doubled dollar signs stay doubled: the model is interpolated once more', () => {
    expect(isolated({ command: ['echo', '$$HOME'] })).toHaveProperty('command', ['echo', '$$HOME']);
  });
});

describe('on another machine', () => {
  const mounting = (...volumes: readonly string[]): ComposeModel =>
    oneService({
      ports: [{ target: 80, published: '8080' }],
      volumes: volumes.map((text) => {
        const [source = '', target = '', mode] = text.split(':');
        return { type: 'bind', source, target, ...(mode === 'ro' ? { read_only: true } : {}) };
      }),
    });
  const hostPaths = {
    '/project/conf': { kind: 'folder', text: '' },
    '/project/server.pl': { kind: 'file', text: '' },
  } as const;
  const there = (model: ComposeModel, options: Partial<IsolateOptions> = {}) =>
    isolateInWords(model, {
      ...OPTIONS,
      elsewhere: true,
      hostPaths,
      images: {},
      publish: [{ service: 'web', port: 80 }],
      ...options,
    });

  test('what is mounted is copied from here, read only or not', () => {
    const { model, copies, refusals } = there(mounting('/project/conf:/conf:ro', '/project/server.pl:/server.pl:ro'));
    expect(refusals).toEqual([]);
    expect(copies).toMatchObject([
      { kind: 'folder', source: '/project/conf' },
      { kind: 'file', source: '/project/server.pl' },
    ]);
    expect(model.services['web']?.volumes).toMatchObject([
      { type: 'volume', target: '/conf', read_only: true },
      { type: 'volume', target: '/server.pl', read_only: true, volume: { subpath: 'server.pl' } },
    ]);
  });

  test("what belongs to a machine is the other machine's", () => {
    const { model, copies } = there(mounting('/etc/localtime:/etc/localtime:ro', '/proc:/host/proc:ro'));
    expect(copies).toEqual([]);
    expect(model.services['web']?.volumes?.map(({ type, source }) => [type, source])).toEqual([
      ['bind', '/etc/localtime'],
      ['bind', '/proc'],
    ]);
  });

  test('a missing path begins empty if it is written to, and is refused if it is only read', () => {
    const { changes } = there(mounting('/data/logs:/logs'));
    expect(changes.map(({ what }) => what)).toContain(
      '/data/logs is not on this machine: the arm starts with an empty folder',
    );
    expect(there(mounting('/data/rules:/rules:ro')).refusals).toEqual([
      {
        path: 'services.web.volumes',
        code: 'mount-not-on-this-machine',
        facts: { source: '/data/rules' },
        what: '/data/rules is not on this machine, and the daemon runs on another one',
        allow: null,
        service: 'web',
        mount: 'web:/rules',
      },
    ]);
  });

  test('ports that others can reach are refused unless allowed, and are on one address alone', () => {
    const { model, refusals } = there(mounting(), { publishedOn: '10.0.0.5' });
    expect(refusals).toMatchObject([{ path: 'ports', allow: 'remote-ports' }]);
    expect(model.services['web']?.ports).toMatchObject([{ host_ip: '10.0.0.5', published: '0', target: 80 }]);
    expect(there(mounting(), { publishedOn: '10.0.0.5', allow: ['remote-ports'] }).refusals).toEqual([]);
  });
});
