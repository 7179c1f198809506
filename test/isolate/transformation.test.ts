import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import type { ComposeModel } from '../../src/compose/model.js';
import type { HostPath } from '../../src/hostpaths/host-path.js';
import type { IsolateOptions } from '../../src/isolate/types.js';
import { formatSubnet, type Move } from '../../src/subnets/index.js';
import { isolateInWords } from './options.js';

const FOLDER: HostPath = { kind: 'folder', text: '', bytes: 0 };
const hostPaths: Readonly<Record<string, HostPath>> = {
  '/srv/vendor/data/postgres': FOLDER,
  '/srv/vendor/data/mgt': FOLDER,
  '/srv/vendor/data/mgt/nginx': FOLDER,
  '/etc/ssl/certs': FOLDER,
  '/srv/vendor/rules/before.conf': { kind: 'file', text: 'SecRule REMOTE_ADDR "@ipMatch 192.0.2.0/24" "id:1,pass"' },
  '/srv/vendor/upstream.conf': { kind: 'file', text: 'proxy_pass http://10.31.252.11:8080;' },
  '/srv/vendor/logs': FOLDER,
  '/srv/vendor/audit.log': { kind: 'file', text: '' },
  '/etc/localtime': { kind: 'file', text: '' },
  '/var/run': FOLDER,
};
const OPTIONS: IsolateOptions = {
  project: 'slopegate-run1-r1-candidate',
  labels: { 'io.slopegate': '1' },
  publish: [],
  limits: { memoryBytes: null, cpus: null },
  hostImage: 'debian:bookworm-slim',
  images: {},
  omit: [],
  subnetsInUse: ['172.17.0.0/16', '192.168.0.0/20', '10.64.0.0/10'],
  hostPaths,
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
const CASES: readonly (readonly [string, Partial<IsolateOptions>])[] = [
  ['gateway', { publish: [{ service: 'gateway', port: 8080 }] }],
  [
    'safeline',
    {
      publish: [
        { service: 'tengine', port: 48443 },
        { service: 'mgt', port: 1443 },
      ],
      limits: { memoryBytes: 1 << 30, cpus: 1 },
    },
  ],
  ['crs', { publish: [{ service: 'crs', port: 8080 }] }],
  ['bunkerweb', { publish: [{ service: 'bunkerweb', port: 8080 }] }],
  ['scaled', { publish: [{ service: 'balancer', port: 8080 }] }],
  [
    'hosts',
    {
      publish: [
        { service: 'engine', port: 48086 },
        { service: 'sidecar', port: 7000 },
      ],
    },
  ],
];
const resolved = async (name: string) =>
  JSON.parse(
    await readFile(new URL(`../stack/fixtures/compose/${name}.config.json`, import.meta.url), 'utf8'),
  ) as ComposeModel;

const moveWords = ({ from, to }: Move): string => `${formatSubnet(from)} → ${formatSubnet(to)}`;

describe('compose files of different structure', () => {
  test.each(CASES)('%s', async (name, options) => {
    const before = await resolved(name);
    const copy = structuredClone(before);
    const { moves, ...rest } = isolateInWords(before, { ...OPTIONS, ...options });
    await expect(`${JSON.stringify({ moves: moves.map(moveWords), ...rest }, null, 2)}\n`).toMatchFileSnapshot(
      `../stack/fixtures/compose/${name}.isolated.json`,
    );
    expect(before).toEqual(copy);
  });

  test.each(CASES)('of %s nothing is left that two arms or the host would share', async (name, options) => {
    const text = (project: string) =>
      JSON.stringify(isolateInWords(withoutBridge(before), { ...OPTIONS, ...options, project }).model);
    const before = await resolved(name);
    const model = text('slopegate-a').replace('10.31.251.300-beta', 'a version, not an address');
    for (const clashing of [
      'container_name',
      'network_mode":"host',
      'sg-safeline',
      '"10.31.25',
      '10.20.30.',
      '10.12.200',
      'fd00:5',
      '"external"',
      '"published":"1',
      '0.0.0.0',
      'always',
    ])
      expect(model).not.toContain(clashing);
    expect(model).not.toBe(text('slopegate-b'));
  });

  test("a socket of the host's daemon is refused, unless it is allowed or its service is left out", async () => {
    const before = await resolved('safeline');
    expect(isolateInWords(before, OPTIONS).refusals).toMatchObject([
      { path: 'services.bridge.volumes', allow: 'docker-socket' },
    ]);
    expect(isolateInWords(before, { ...OPTIONS, allow: ['docker-socket'] }).refusals).toEqual([]);
    expect(isolateInWords(before, { ...OPTIONS, omit: ['bridge'] })).toMatchObject({
      refusals: [],
      changes: expect.arrayContaining([
        { path: 'services.bridge', code: 'service-omitted', facts: {}, what: 'removed, as the scenario says' },
      ]) as unknown,
    });
  });

  test('an engine that cannot stop health checks runs none, and no service waits for health', async () => {
    const { model } = isolateInWords(await resolved('safeline'), { ...OPTIONS, startupChecks: false });
    expect(model.services['mgt']).toMatchObject({ depends_on: { postgres: { condition: 'service_started' } } });
    expect(model.services['postgres']).toHaveProperty('healthcheck', { disable: true });
  });
});

function withoutBridge(model: ComposeModel): ComposeModel {
  const { bridge: _bridge, ...services } = model.services;
  return { ...model, services };
}
