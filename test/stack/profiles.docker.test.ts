import { tmpdir } from 'node:os';
import { readdir } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { HOST_SERVICE } from '../../src/armhost/arm-host.js';
import { showStack } from '../../src/arms/show-stack.js';
import { loadScenario } from '../../src/scenario/index.js';
import { changeWords } from '../../src/words/isolation.js';
import { calm, daemon, ROOT } from './daemon.js';

const folder = `${ROOT}/scenarios/profiles`;
const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.yaml')).sort();

/**
 * As far as a profile can be tried without a registry: its schema, its compose files, its transformation. Nothing is
 * pulled or started.
 */
describe('profiles', () => {
  test.each(files)('%s', async (file) => {
    const shown = await showStack({
      daemons: { baseline: daemon, candidate: daemon },
      folder: tmpdir(),
      scenario: await loadScenario(`${folder}/${file}`),
      signal: calm(),
    });
    for (const { model, refusals } of [shown.baseline, shown.candidate]) {
      expect(refusals).toEqual([]);
      const text = JSON.stringify(model);
      for (const clashing of [
        'container_name',
        '"network_mode":"host"',
        '172.22.222',
        '10.20.30.',
        '"restart":"always"',
        '"published":"80"',
      ])
        expect(text).not.toContain(clashing);
    }
    // Which subnets are free is the host's; how health is asked for is the engine's.
    const lines = shown.candidate.changes
      .filter(({ path }) => !path.endsWith('.healthcheck'))
      .map((change) =>
        `${change.path}: ${changeWords(change)}`.replaceAll(/\b10\.\d+\.\d+\.(?=\d)/g, '10.x.y.').replaceAll(ROOT, ''),
      );
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot(
      `fixtures/profiles/${file.replaceAll('/', '-').replace('.yaml', '.txt')}`,
    );
  });

  test("SafeLine's old and new compose files become one stack each, without the bridge", async () => {
    const { baseline, candidate } = await showStack({
      daemons: { baseline: daemon, candidate: daemon },
      folder: tmpdir(),
      scenario: await loadScenario(`${folder}/safeline/5.1.0-6.1.1.yaml`),
      signal: calm(),
    });
    expect(Object.keys(candidate.model.services).filter((name) => !(name in baseline.model.services))).toEqual([
      'chaos',
    ]);
    expect(candidate.model.services['tengine']).toHaveProperty('network_mode', `service:${HOST_SERVICE}`);
    expect(candidate.model.services[HOST_SERVICE]).toMatchObject({
      networks: { 'safeline-ce': { aliases: expect.arrayContaining(['tengine']) as string[] } },
      ports: [{ host_ip: '127.0.0.1', target: 80, published: '0' }],
    });
    expect(candidate.model.services['mgt']?.healthcheck).toHaveProperty('interval', '24h0m0s');
  });
});
