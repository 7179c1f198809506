import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { SlopegateError, type Acceptance, type Manifest, type OnEvent } from '../../src/model/index.js';
import { withVersions } from '../../src/releases/index.js';
import { mergeRuns } from '../../src/run/merge-runs.js';
import { portableScenario } from '../../src/scenario/index.js';
import {
  ARMS_NOW,
  bisect,
  CONTEXT,
  folder,
  hostOf,
  ladder,
  NO_RUN,
  OF_BASE,
  PLACE,
  RECORDED,
  runOf,
  SCENARIO,
} from './recorded-releases.js';

/** Changes a number in a journal. */
function damage(directory: string): void {
  const journal = join(directory, 'journal.ndjson');
  writeFileSync(journal, readFileSync(journal, 'utf8').replace('"requests":40', '"requests":41'));
}

/** Collects the texts of the progress. */
function listener(): { readonly texts: string[]; readonly onEvent: OnEvent } {
  const texts: string[] = [];
  return { texts, onEvent: (event) => event.type === 'step' && texts.push(event.text) };
}

const MORNING = { startedAt: '2026-01-01T08:00:00.000Z', runId: 'z-morning' };
const EVENING = { startedAt: '2026-01-01T20:00:00.000Z', runId: 'a-evening' };

describe('the newest run of a version counts', () => {
  test.each([
    ['fail', RECORDED.honest, RECORDED.leak],
    ['pass', RECORDED.leak, RECORDED.honest],
  ])('it is %s, the older one is not', async (outcome, older, newer) => {
    const root = folder();
    runOf(root, '2', older, MORNING);
    runOf(root, '2', newer, EVENING);
    const { result } = await ladder(root, ['1', '2']);
    expect(result.rungs[1]).toMatchObject({ outcome, run: 'a-evening', reused: true });
  });

  test('if it is damaged, the version is run again, although an older run passes', async () => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, MORNING);
    damage(runOf(root, '2', RECORDED.leak, EVENING));
    const { texts, onEvent } = listener();
    await expect(ladder(root, ['1', '2'], { onEvent })).rejects.toBe(NO_RUN);
    expect(texts).toEqual(['The run a-evening is not used again: its recording is damaged.']);
  });

  test('if it did not end, the version is run again', async () => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, MORNING);
    runOf(root, '2', RECORDED.leak, { ...EVENING, endedAt: null });
    const { texts, onEvent } = listener();
    await expect(ladder(root, ['1', '2'], { onEvent })).rejects.toBe(NO_RUN);
    expect(texts).toEqual(['The run a-evening is not used again: it ended before its plan did.']);
  });

  test('if its journal is missing, the version is run again', async () => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, MORNING);
    writeFileSync(join(runOf(root, '2', RECORDED.leak, EVENING), 'journal.ndjson'), '');
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });

  test('a damaged run is the older one: the newest is used', async () => {
    const root = folder();
    damage(runOf(root, '2', RECORDED.leak, MORNING));
    runOf(root, '2', RECORDED.honest, EVENING);
    const { result } = await ladder(root, ['1', '2']);
    expect(result.rungs[1]).toMatchObject({ outcome: 'pass', run: 'a-evening' });
  });

  test('an end of a search with a newer run that is damaged is tested again', async () => {
    const root = folder();
    runOf(root, '1', RECORDED.honest);
    runOf(root, '3', RECORDED.leak, MORNING);
    expect((await bisect(root, ['1', '3'], 0.9)).result.firstBad).toEqual(['3']);
    damage(runOf(root, '3', RECORDED.honest, EVENING));
    await expect(bisect(root, ['1', '3'], 0.9)).rejects.toBe(NO_RUN);
  });
});

describe('a run is not used again', () => {
  // JSON leaves it out.
  const withoutDigests = { armDigests: undefined } as unknown as Partial<Manifest>;
  const otherMargin = { ...SCENARIO, gate: { ...OF_BASE, marginBytesPerRequest: 1 } };
  test.each<[string, Partial<Manifest>]>([
    ['that did not end', { endedAt: null }],
    ['with another margin', { scenario: portableScenario(withVersions(otherMargin, PLACE, '1', '2')) }],
    ['with another first version', { scenario: portableScenario(withVersions(SCENARIO, PLACE, '0', '2')) }],
    ['with other requests', { trace: { seed: 1, digest: 'abd', requests: 720, labels: { get: 720 } } }],
    ['of another slopegate', { host: { ...hostOf('One'), slopegate: '0.0.1' } }],
  ])('%s', async (_, changes) => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, changes);
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });

  test('that is damaged, or is no run', async () => {
    const root = folder();
    damage(runOf(root, '2', RECORDED.honest));
    mkdirSync(join(root, 'else'));
    writeFileSync(join(root, 'else', 'manifest.json'), '{}');
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });

  test('whose manifest cannot be read, and it is named', async () => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, MORNING);
    const unreadable = (runId: string): void =>
      writeFileSync(join(runOf(root, '2', RECORDED.leak, { ...EVENING, runId }), 'manifest.json'), '{"schema":');
    const ids = [`${SCENARIO.name}-20260101-200000-1`, `${SCENARIO.name}-merged-20260101-210000`];
    for (const runId of [...ids, `${SCENARIO.name}-other-20260101-200000-1`, 'else']) unreadable(runId);
    const { texts, onEvent } = listener();
    expect((await ladder(root, ['1', '2'], { onEvent })).result.rungs[1]).toMatchObject({ run: 'z-morning' });
    expect(texts).toEqual(
      ids.map(
        (id) =>
          `The run ${id} is not used again: its manifest.json cannot be read, ` +
          'so nobody knows which versions it compared.',
      ),
    );
  });

  test('that has fewer replicates than planned', async () => {
    const root = folder();
    const lines = RECORDED.honest.lines.filter(({ t }) => t === undefined || t.startsWith('r1-'));
    runOf(root, '2', { ...RECORDED.honest, lines });
    await expect(ladder(root, ['1', '2'])).rejects.toBe(NO_RUN);
  });

  test.each<[string, Partial<Manifest>, string]>([
    [
      'whose compose files, or files that they mount, were not the same',
      { armDigests: { baseline: 'one', candidate: 'before' } },
      'its compose files, mounted files or Dockerfiles were not the same as now.',
    ],
    ['that does not say what they were', withoutDigests, 'it does not say what its compose files were.'],
  ])('%s', async (_, changes, reason) => {
    const root = folder();
    runOf(root, '2', RECORDED.honest, changes);
    const { texts, onEvent } = listener();
    await expect(ladder(root, ['1', '2'], { onEvent })).rejects.toBe(NO_RUN);
    expect(texts).toEqual([`The run test-run-2 is not used again: ${reason}`]);
  });

  test('if its arms cannot be read now', async () => {
    const root = folder();
    runOf(root, '2', RECORDED.honest);
    const refused = new SlopegateError('COMPOSE_CONFIG', 'no such file');
    const changes = { armsNow: () => Promise.reject(refused) };
    await expect(ladder(root, ['1', '2'], { changes })).rejects.toBe(NO_RUN);
  });

  test('with another image than the one that is here now', async () => {
    const root = folder();
    runOf(root, '2', RECORDED.honest);
    const withImage = (id: string) => ({
      armsNow: () => Promise.resolve({ ...ARMS_NOW, imageIds: { baseline: {}, candidate: { waf: id } } }),
    });
    const same = await ladder(root, ['1', '2'], { changes: withImage('sha256:waf-candidate') });
    expect(same.result.rungs[1]).toMatchObject({ outcome: 'pass', reused: true });
    const { texts, onEvent } = listener();
    const changed = ladder(root, ['1', '2'], { changes: withImage('sha256:newer'), onEvent });
    await expect(changed).rejects.toBe(NO_RUN);
    expect(texts).toEqual(['The run test-run-2 is not used again: this machine has another image now for waf.']);
  });

  test('after an acceptance has expired', async () => {
    const root = folder();
    const accepted: Acceptance[] = [
      { finding: 'threads-grow', service: 'waf', reason: 'x', owner: 'A', expires: '2026-01-05' },
    ];
    const scenario = { ...SCENARIO, gate: { ...OF_BASE, accepted } };
    runOf(root, '2', RECORDED.honest, { scenario: portableScenario(withVersions(scenario, PLACE, '1', '2')) });
    const on = (day: string) => ({
      scenario,
      context: { ...CONTEXT, clock: { ...CONTEXT.clock, now: () => new Date(`${day}T12:00:00Z`) } },
    });
    expect((await ladder(root, ['1', '2'], on('2026-01-05'))).result.rungs[1]).toMatchObject({ reused: true });
    await expect(ladder(root, ['1', '2'], on('2026-01-06'))).rejects.toBe(NO_RUN);
  });
});

describe('copies are no evidence of their own', () => {
  const versions = ['1', '2', '3'];
  function ends(): string {
    const root = folder();
    runOf(root, '1', RECORDED.honest);
    runOf(root, '3', RECORDED.leak);
    return root;
  }

  test('a copied folder counts once; two runs count twice', async () => {
    const root = ends();
    const directory = runOf(root, '2', RECORDED.honest);
    cpSync(directory, join(root, 'backup-of-2'), { recursive: true });
    const once = await bisect(root, versions, 0.9);
    expect(once.result.tests).toHaveLength(3);
    runOf(root, '2', RECORDED.honestAgain, { runId: 'again' });
    const twice = await bisect(root, versions, 0.9);
    expect(twice.result.tests).toHaveLength(4);
    const of = ({ result }: typeof once): number => result.probabilities[2]!.probability;
    expect(of(twice)).toBeGreaterThan(of(once));
  });

  test('a copy with another name of the run counts once too', async () => {
    const root = ends();
    runOf(root, '2', RECORDED.honest);
    runOf(root, '2', RECORDED.honest, { runId: 'renamed' });
    const { texts, onEvent } = listener();
    const { result } = await bisect(root, versions, 0.9, { onEvent });
    expect(result.tests).toHaveLength(3);
    expect(texts).toEqual([expect.stringMatching(/^The run (renamed|test-run-2) is not used again: it has the same/)]);
  });

  test('of a damaged run and its whole copy, the copy is used', async () => {
    const root = folder();
    const directory = runOf(root, '2', RECORDED.honest);
    cpSync(directory, join(root, 'whole'), { recursive: true });
    damage(directory);
    const { result } = await ladder(root, ['1', '2']);
    expect(result.rungs[1]).toMatchObject({ outcome: 'pass', run: 'whole' });
  });

  test('a copy that lost its journal does not prevent the use of its original', async () => {
    const root = folder();
    const directory = runOf(root, '2', RECORDED.honest);
    cpSync(directory, join(root, 'z-copy'), { recursive: true });
    writeFileSync(join(root, 'z-copy', 'journal.ndjson'), '');
    const { result } = await ladder(root, ['1', '2']);
    expect(result.rungs[1]).toMatchObject({ outcome: 'pass', run: 'test-run-2' });
  });

  test('a merged run is used, its parts are not', async () => {
    const root = folder();
    const part = (replicate: number, startedAt: string): string => {
      const lines = RECORDED.honest.lines.filter(({ t }) => t === undefined || t.startsWith(`r${replicate}-`));
      return runOf(root, '2', { ...RECORDED.honest, lines }, { startedAt, runId: `part-${replicate}` });
    };
    const parts = [part(1, '2026-01-01T00:00:00.000Z'), part(2, '2026-01-01T09:00:00.000Z')];
    const merged = await mergeRuns(parts, root, CONTEXT);
    const { result } = await ladder(root, ['1', '2']);
    expect(result.rungs[1]).toMatchObject({ outcome: 'pass', run: basename(merged) });
  });
});
