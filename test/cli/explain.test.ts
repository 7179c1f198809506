import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explanationReport } from '../../src/journal/index.js';
import { readManifest } from '../../src/recording/index.js';
import { changedPlace } from '../../src/run/explain-run.js';
import { scenarioOfRun } from '../../src/run/scenario-of-run.js';
import { loadScenario, portableScenario } from '../../src/scenario/index.js';
import { explained } from '../explain/explained.js';
import { slopegate } from './in-process.js';
import { recordedRun, temporaryFolder } from './runs.js';

const run = recordedRun();
const folder = temporaryFolder();
afterAll(() => (run[Symbol.dispose](), folder[Symbol.dispose]()));
const LEAK = 'scenarios/selftest/leak.yaml';

describe('bad input ends with exit code 2 before anything is started', () => {
  test('a run whose scenario is gone', async () => {
    const said = await slopegate(['explain', run.path], { cwd: folder.path });
    const { manifest } = await readManifest(run.path);
    expect(said).toMatchObject({ exit: 2, out: '' });
    expect(said.err).toContain(`No file ${manifest.scenario.file} with the scenario ${manifest.scenario.name}`);
    expect(said.err).toContain('--scenario FILE');
  });

  test('--scenario beside a scenario', async () => {
    const said = await slopegate(['explain', LEAK, '--scenario', LEAK]);
    expect(said).toMatchObject({ exit: 2, err: expect.stringContaining('not the folder of a run') as string });
  });

  test('the scenario of another run', async () => {
    await slopegate(['analyze', run.path]);
    const said = await slopegate(['explain', run.path, '--scenario', LEAK]);
    expect(said).toMatchObject({ exit: 2, err: expect.stringContaining('This is a run of the scenario') as string });
  });

  test('a share is not explained', async () => {
    const said = await slopegate(['run', LEAK, '--replicate', '2/5', '--explain']);
    expect(said).toMatchObject({ exit: 2, err: expect.stringContaining('slopegate explain RUN') as string });
  });
});

describe('the scenario of a run', () => {
  const manifestOf = async () => ({ scenario: portableScenario(await loadScenario(LEAK)) });

  test('is found by the name of its file, also below other folders', async () => {
    expect((await scenarioOfRun(await manifestOf(), process.cwd())).file).toMatch(/scenarios\/selftest\/leak\.yaml$/);
  });

  test('one that is as in the run is taken, not another of the same name', async () => {
    for (const name of ['a', 'b/c']) cpSync('scenarios/selftest', join(folder.path, name), { recursive: true });
    const server = join(folder.path, 'a/server.yaml');
    writeFileSync(server, readFileSync(server, 'utf8').replace('GET /pages/', 'GET /others/'));
    const wanted = await manifestOf();
    const other = await loadScenario(join(folder.path, 'a/leak.yaml'));
    expect(changedPlace(other, wanted.scenario)).toMatch(/^traffic\.mix\.0\./);
    expect((await scenarioOfRun(wanted, folder.path)).file).toBe(join(folder.path, 'b/c/leak.yaml'));
    expect((await scenarioOfRun(wanted, join(folder.path, 'a'))).file).toBe(other.file);
    await expect(scenarioOfRun({ scenario: { ...wanted.scenario, name: 'x' } }, folder.path)).rejects.toThrow(
      /No file/,
    );
  });

  test('how fast and how long it was does not matter', async () => {
    const { scenario } = await manifestOf();
    const now = await loadScenario(LEAK);
    const faster = { ...now, traffic: { ...now.traffic, rate: 999 }, experiment: { ...now.experiment, idle: 99 } };
    expect(changedPlace(faster as typeof now, scenario)).toBeNull();
    expect(changedPlace({ ...now, traffic: { ...now.traffic, repeat: 300 } }, scenario)).toBeNull();
  });
});

describe('a run with an explanation', () => {
  const file = join(run.path, 'explanation.json');
  beforeAll(() => writeFileSync(file, explanationReport(explained()).contents));

  test('analyze keeps it in the result and in the page, and the verdict stays', async () => {
    await slopegate(['analyze', run.path]);
    const read = () => JSON.parse(readFileSync(join(run.path, 'result.json'), 'utf8')) as Record<string, unknown>;
    const { explanation, ...rest } = read();
    expect(explanation).toEqual(explained());
    expect(readFileSync(join(run.path, 'report.html'), 'utf8')).toContain('What keeps the memory');
    writeFileSync(file, explanationReport(explained({ stacks: [] })).contents);
    await slopegate(['analyze', run.path]);
    expect({ ...read(), explanation: undefined }).toEqual({ ...rest, explanation: undefined });
  });

  test('a bundle has it, and is verified', async () => {
    const bundle = join(run.path, 'run.tar.gz');
    await slopegate(['bundle', run.path, '-o', bundle]);
    expect(await slopegate(['verify', bundle])).toMatchObject({ exit: 0 });
  });

  test.each(['{ not JSON', '{ "schema": "slopegate.explain/9" }', 'null'])(
    'a file that cannot be read is an error and is not overwritten: %s',
    async (text) => {
      writeFileSync(file, text);
      const said = await slopegate(['analyze', run.path]);
      expect(said).toMatchObject({ exit: 2, err: expect.stringContaining('explanation.json') as string });
      expect(readFileSync(file, 'utf8')).toBe(text);
    },
  );
});
