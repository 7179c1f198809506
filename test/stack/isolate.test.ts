import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { ComposeModel, ComposeService } from '../../src/stack/compose/model.js';
import { isolate, type IsolateOptions } from '../../src/stack/isolate/isolate.js';

const OPTIONS: IsolateOptions = {
  project: 'slopegate-run1-r1-candidate',
  labels: { 'io.slopegate': '1', 'io.slopegate.run': 'run1', 'io.slopegate.arm': 'candidate' },
  publish: [{ service: 'web', port: 80 }, { service: 'store', port: 9090 }],
  limits: { memoryBytes: 268435456, cpus: 1.5 },
  images: { web: 'sha256:aaa', store: 'sha256:bbb', migrate: 'sha256:ccc', edge: 'sha256:ddd' },
  omit: [],
  subnetsInUse: ['172.17.0.0/16'],
  hostPaths: {},
  allow: [],
  awaited: [],
  startupChecks: true,
};
const read = async (name: string) => JSON.parse(await readFile(new URL(`fixtures/${name}`, import.meta.url), 'utf8')) as unknown;
const oneService = (service: ComposeService): ComposeModel => ({ services: { web: service } });
const isolated = (service: ComposeService, options: Partial<IsolateOptions> = {}) => isolate(oneService(service), { ...OPTIONS, publish: [], images: {}, ...options }).model.services['web'];

describe('isolate', () => {
  test('rewrites a model with everything that clashes', async () => {
    const before = (await read('busy.config.json')) as ComposeModel;
    const copy = structuredClone(before);
    const { model, changes } = isolate(before, OPTIONS);
    await expect(`${JSON.stringify({ model, changes }, null, 2)}\n`).toMatchFileSnapshot('fixtures/busy.isolated.json');
    expect(before).toEqual(copy);
  });

  test('does nothing more when it is done again', async () => {
    const { networks: _networks, ...before } = (await read('busy.config.json')) as ComposeModel;
    const services = Object.fromEntries(Object.entries(before.services).map(([name, { networks: _attached, ...service }]) => [name, service]));
    const { model } = isolate({ ...before, services }, OPTIONS);
    const again = isolate(model, OPTIONS);
    expect(again.model).toEqual(model);
    expect(again.changes.filter(({ path }) => !path.endsWith('healthcheck'))).toEqual([]);
  });

  test('null limits leave the compose file\'s own', () => {
    const deploy = { resources: { limits: { memory: '104857600', cpus: 0.5 } } };
    expect(isolated({ mem_limit: '64m', deploy }, { limits: { memoryBytes: null, cpus: null } })).toMatchObject({ mem_limit: '64m', deploy });
  });

  test('a limit is never stated in two places, which Compose refuses', () => {
    const deploy = { replicas: 2, resources: { limits: { memory: '1', cpus: 0.5, pids: 10 }, reservations: { memory: '1' } } };
    expect(isolated({ deploy })).toMatchObject({ mem_limit: '268435456', cpus: 1.5, deploy: { replicas: 2, resources: { limits: { pids: 10 }, reservations: {} } } });
  });

  test('a network of another service is kept, the host\'s is not', () => {
    expect(isolated({ network_mode: 'service:store' })).toHaveProperty('network_mode', 'service:store');
    expect(isolated({ network_mode: 'host' })).not.toHaveProperty('network_mode');
  });

  test('an image that repeats an address of a moved subnet is told of, and stays as it is', () => {
    const networks = { inside: { ipam: { config: [{ subnet: '172.22.222.0/24' }] } } };
    const build = { context: '/srv', args: { DETECTOR: '172.22.222.5' } };
    const { changes } = isolate({ services: { web: { build, networks: { inside: null } } }, networks }, { ...OPTIONS, publish: [], images: {} });
    expect(changes.filter(({ path }) => path === 'services.web.build')).toEqual([{ path: 'services.web.build', what: expect.stringContaining('take it from the environment') as string }]);
  });

  test('doubled dollar signs stay doubled: the model is interpolated once more', () => {
    expect(isolated({ command: ['echo', '$$HOME'] })).toHaveProperty('command', ['echo', '$$HOME']);
  });
});
