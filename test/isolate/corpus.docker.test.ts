import { describe, expect, test } from 'vitest';
import type { ComposeModel } from '../../src/compose/model.js';
import { HOST_SERVICE } from '../../src/armhost/arm-host.js';
import { isolate } from '../../src/isolate/isolate.js';
import type { HostPath } from '../../src/hostpaths/host-path.js';
import { hostPathsOf } from '../../src/hostpaths/sources.js';
import type { IsolateOptions } from '../../src/isolate/types.js';
import { fedBack, filesOf, resolved } from './corpus.js';
import { PLAIN } from './options.js';

const files = await filesOf();
const refused = await filesOf('refused');

/** As if everything that a file mounts were there. */
function there(model: ComposeModel): IsolateOptions['hostPaths'] {
  const kindOf = (path: string): HostPath['kind'] =>
    path.startsWith('/dev/')
      ? 'device'
      : /\.\w+$|\/tok$|localtime$/.test(path) && !path.endsWith('.d')
        ? 'file'
        : 'folder';
  return Object.fromEntries(
    hostPathsOf(model)
      .filter((path) => !path.includes('nothere'))
      .map((path) => [path, { kind: kindOf(path), text: '', bytes: 0 }]),
  );
}

const LIMITS: readonly (readonly [string, IsolateOptions['limits']])[] = [
  ['limits of its own', { memoryBytes: null, cpus: null }],
  ['limits of the scenario', { memoryBytes: 64 * 1024 ** 2, cpus: 1 }],
  ['a limit of memory alone', { memoryBytes: 512 * 1024 ** 2, cpus: null }],
];

describe(`${files.length} compose files of vendors' shapes, isolated and fed back to Compose`, () => {
  test('there are at least forty', () => {
    expect(files.length).toBeGreaterThanOrEqual(40);
  });

  test.each(files)('%s', async (file) => {
    const before = await resolved(file);
    for (const [name, limits] of LIMITS) {
      const options = { ...PLAIN, hostPaths: there(before), limits };
      const { model, refusals } = isolate(before, options);
      expect([name, refusals]).toEqual([name, []]);
      const { code, stdout, lines } = await fedBack(model);
      expect([name, code === 0 ? [] : lines]).toEqual([name, []]);
      const after = JSON.parse(stdout) as ComposeModel;
      // What is shown is what is started.
      const names = Object.keys(after.services).filter((name) => name !== HOST_SERVICE);
      expect(names.sort()).toEqual(Object.keys(before.services).sort());
      expect(clashesOf(after, options.project)).toEqual([]);
    }
  });
});

describe('compose files that reach out of the arm', () => {
  test.each(refused)('%s', async (file) => {
    const before = await resolved(`refused/${file}`);
    const { refusals } = isolate(before, { ...PLAIN, hostPaths: there(before) });
    const permissions = [...new Set(refusals.flatMap(({ allow }) => allow ?? []))].sort();
    expect(refusals.length).toBeGreaterThan(0);
    expect(permissions).toEqual(before['x-refused'] ?? []);
  });
});

/** Everything in a model that two arms, the host or production would have in common. */
function clashesOf({ services, networks = {}, volumes = {} }: ComposeModel, project: string): string[] {
  const resources = [...Object.entries(networks), ...Object.entries(volumes)];
  return [
    ...Object.entries(services).flatMap(([name, service]) => [
      ...(service.container_name === undefined ? [] : [`${name}: container_name`]),
      ...(service.ports ?? []).map(({ target }) => `${name}: port ${target}`),
      ...['network_mode', 'ipc', 'pid', 'uts', 'userns_mode', 'cgroup']
        .filter((key) => /^(?:"host"|"container:)/.test(JSON.stringify(service[key] ?? '')))
        .map((key) => `${name}: ${key}`),
      ...(service.volumes ?? [])
        .filter(({ type, read_only: readOnly }) => type === 'bind' && readOnly !== true)
        .map(({ source }) => `${name}: writes to ${source}`),
    ]),
    ...resources.flatMap(([key, resource]) =>
      resource?.external === true || resource?.name?.startsWith(`${project}_`) !== true ? [`${key}: name`] : [],
    ),
  ];
}
