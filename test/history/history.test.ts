import { spawn } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { addToHistory, historyEntry, readHistory } from '../../src/history/index.js';
import type { Result } from '../../src/results/index.js';
import { buildProgram } from '../cli/program.js';
import { slopegate } from '../cli/in-process.js';
import { recordedRun, temporaryFolder } from '../cli/runs.js';
import { failing, passing, unfair } from '../report/fixtures.js';

const work = temporaryFolder();
const run = recordedRun();
afterAll(() => {
  work[Symbol.dispose]();
  run[Symbol.dispose]();
});

let files = 0;
const newFile = (): string => join(work.path, `${(files += 1)}`, 'history.ndjson');
const entry = (runId: string, startedAt = '2026-11-21T12:00:00.000Z') => ({
  ...historyEntry(failing(), '/reports/x'),
  runId,
  startedAt,
});

describe('the history', () => {
  test('has what was added, by the time at which runs began', async () => {
    const file = newFile();
    const [late, early] = [entry('late', '2026-11-22T00:00:00Z'), entry('early')];
    addToHistory(file, late);
    addToHistory(file, early);
    expect(await readHistory(file)).toEqual({ entries: [early, late], damaged: [] });
  });

  test('has the last verdict of a run that was judged twice', async () => {
    const file = newFile();
    addToHistory(file, entry('one'));
    addToHistory(file, { ...entry('one'), outcome: 'pass' });
    expect((await readHistory(file)).entries.map(({ outcome }) => outcome)).toEqual(['pass']);
  });

  test('is empty before the first verdict', async () => {
    expect(await readHistory(newFile())).toEqual({ entries: [], damaged: [] });
  });

  test('has growth, interval and margin of the judged services, and of no others', () => {
    const { services } = historyEntry(failing(), '/x');
    const { verdict } = failing();
    expect(services.length).toBe(verdict.assessment.services.filter(({ judged }) => judged).length);
    expect(services[0]).toMatchObject({ role: 'waf', unit: 'bytes/request', outcome: 'fail', margin: 32 });
    expect(services[0]!.difference!.value).toBeGreaterThan(5000);
  });

  test.each([
    ['half a line at its end', (text: string) => text.slice(0, -30)],
    ['a changed verdict', (text: string) => text.replace('"outcome":"fail"', '"outcome":"pass"')],
    ['a line of something else', (text: string) => `${text}nonsense\n`],
  ])('%s is left out and named, and the entry after it is read', async (_, damage) => {
    const file = newFile();
    addToHistory(file, entry('first'));
    addToHistory(file, entry('second'));
    const whole = readFileSync(file, 'utf8');
    const [before, after] = [whole.indexOf('"second"'), whole.length];
    writeFileSync(file, whole.slice(0, before) + damage(whole.slice(before, after)));
    addToHistory(file, entry('third'));
    const { entries, damaged } = await readHistory(file);
    expect(entries.map(({ runId }) => runId)).toEqual(expect.arrayContaining(['first', 'third']));
    expect(damaged).toHaveLength(1);
  });
});

/** A process that adds entries and says after each one that it is on the disk. */
function writer(module: string, file: string, name: string, number: number) {
  const code = `
    const { addToHistory } = await import(${JSON.stringify(module)});
    const entry = ${JSON.stringify(entry('x'))};
    for (let i = 0; i < ${number}; i += 1) {
      addToHistory(${JSON.stringify(file)}, { ...entry, runId: '${name}-' + i });
      process.stdout.write('${name}-' + i + '\\n');
    }`;
  const child = spawn(process.execPath, ['--input-type=module', '-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => void (said += text));
  const ended = new Promise<string[]>((resolve) => child.once('close', () => resolve(said.split('\n').slice(0, -1))));
  return { child, ended };
}

test('two writers at once, of which one is killed, lose nothing that they said was written', async () => {
  const program = buildProgram();
  const module = pathToFileURL(join(dirname(program.path), '..', 'dist', 'history', 'store.js')).href;
  const file = newFile();
  addToHistory(file, entry('before'));
  const [one, other] = [writer(module, file, 'one', 150), writer(module, file, 'other', 100_000)];
  other.child.stdout.once('data', () => setTimeout(() => other.child.kill('SIGKILL'), 50));
  const written = [...(await one.ended), ...(await other.ended)];
  expect(written.length).toBeGreaterThan(150);
  const { entries, damaged } = await readHistory(file);
  const found = new Set(entries.map(({ runId }) => runId));
  expect(['before', ...written].filter((name) => !found.has(name))).toEqual([]);
  expect(damaged.length).toBeLessThanOrEqual(1);
});

describe('slopegate history', () => {
  const env = { SLOPEGATE_HOME: join(work.path, 'home') };

  test('shows nothing before the first run', async () => {
    const { exit, out } = await slopegate(['history'], { env });
    expect({ exit, out }).toEqual({ exit: 0, out: 'No verdict yet. "slopegate run" adds its verdict here.\n' });
  });

  test('shows a run that was added, filtered by scenario and service', async () => {
    await slopegate(['analyze', run.path]);
    const { exit, out } = await slopegate(['history', '--add', run.path], { env });
    expect(exit).toBe(0);
    expect(out).toMatch(/^began +scenario +versions +verdict +service/);
    expect(out).toMatch(/2026-11-21 21:38 +tiny-leak +tiny 1\.0 → tiny 1\.1 +FAIL +waf +.*KB/);
    expect((await slopegate(['history', '--scenario', 'another'], { env })).out).toBe(
      'No verdict of this scenario or service.\n',
    );
    const { out: json } = await slopegate(['history', '--service', 'waf', '--json'], { env });
    expect(JSON.parse(json)).toMatchObject([
      { schema: 'slopegate.history/1', outcome: 'fail', services: [{ role: 'waf' }] },
    ]);
    expect(JSON.parse((await slopegate(['history', '--service', 'x', '--json'], { env })).out)).toEqual([]);
  });

  test('says whether a version is qualified, and its exit code is that of a gate', async () => {
    const asked = (...options: readonly string[]) =>
      slopegate(['history', '--qualify', 'tiny 1.1', ...options], { env });
    const failed = await asked();
    expect(failed.exit).toBe(1);
    expect(failed.out).toMatch(/^tiny-leak +FAIL +tiny 1\.0 → tiny 1\.1, 2026-11-21 21:38 UTC +FAIL +\//m);
    expect(failed.out).toContain('tiny 1.1 is not qualified. It fails in tiny-leak.');
    const { exit, out } = await asked('--scenario', 'tiny-leak', 'other', '--since', '2026-11-22', '--json');
    expect([exit, JSON.parse(out)]).toMatchObject([
      3,
      {
        schema: 'slopegate.qualification/1',
        scenarios: [{ state: 'missing' }, { scenario: 'other', state: 'missing' }],
      },
    ]);
    // A scenario that was only tested before this day is not left out.
    const later = JSON.parse((await asked('--since', '2026-11-22', '--json')).out) as object;
    expect(later).toMatchObject({ outcome: 'inconclusive', scenarios: [{ scenario: 'tiny-leak', state: 'missing' }] });
    const unknown = await slopegate(['history', '--qualify', 'tiny 1.2'], { env });
    expect([unknown.exit, unknown.out]).toEqual([3, expect.stringContaining('Did you mean tiny 1.1?')]);
    expect(await asked('--service', 'waf')).toMatchObject({ exit: 2, err: expect.stringContaining('error USAGE') });
    expect((await slopegate(['history', '--since', '2026-02-30'], { env })).exit).toBe(2);
  });

  test('writes a page that links to the page of a run by a path from its own folder', async () => {
    const file = join(work.path, 'trend', 'trend.html');
    const { exit, err } = await slopegate(['history', '--html', file], { env });
    expect([exit, err]).toEqual([0, `Page: ${file}\n`]);
    const [, link = ''] = /<a href="([^"#]+)"/.exec(readFileSync(file, 'utf8')) ?? [];
    expect(link).toMatch(/^\.\./);
    expect(resolve(dirname(file), decodeURIComponent(link))).toBe(join(run.path, 'report.html'));
  });

  test('names a damaged line', async () => {
    appendFileSync(join(env.SLOPEGATE_HOME, 'history.ndjson'), 'nonsense\n');
    expect((await slopegate(['history'], { env })).err).toMatch(/warning .*1 line cannot be read .* line 3/);
    const { out } = await slopegate(['history', '--qualify', 'tiny 1.1'], { env });
    expect(out).toContain('1 entry of the history cannot be read, and may be a FAIL.');
  });

  test('a folder that cannot be written is an error', async () => {
    const { exit, err } = await slopegate(['history', '--add', run.path], {
      env: { SLOPEGATE_HOME: 'package.json/none' },
    });
    expect(exit).toBe(5);
    expect(err).toContain('error DISK: Cannot write package.json/none/history.ndjson');
  });
});

describe('slopegate diff', () => {
  const written = (name: string, result: object): string => {
    const directory = join(work.path, name);
    const file = join(directory, 'result.json');
    mkdirSync(directory, { recursive: true });
    writeFileSync(file, JSON.stringify(result));
    return directory;
  };

  const withoutServices = ({ verdict, ...result }: Result): Result => ({
    ...result,
    verdict: { ...verdict, assessment: { ...verdict.assessment, services: [] } },
  });

  test('says what changed for each service', async () => {
    const { exit, out } = await slopegate(['diff', written('fail', failing()), written('pass', passing())]);
    expect(exit).toBe(0);
    expect(out).toMatch(/^FAIL .*\nPASS /);
    expect(out).toMatch(/waf +fail → pass +.* less$/m);
  });

  test('a run beside itself has no change', async () => {
    const one = written('same', failing());
    const { out } = await slopegate(['diff', one, one]);
    expect(out).toMatch(/waf +fail → fail +.*none that can be seen/);
    expect(out).toContain('Both runs are of the same scenario, versions and traffic.');
  });

  test('names the settings that differ', async () => {
    const result = failing();
    const { manifest } = result;
    const scenario = { ...manifest.scenario, gate: { ...manifest.scenario.gate, marginBytesPerRequest: 64 } };
    const other = written('margin', { ...result, manifest: { ...manifest, scenario } });
    const { out } = await slopegate(['diff', written('fail', result), other]);
    expect(out).toContain('gate.marginBytesPerRequest: 32 → 64');
    const { out: json } = await slopegate(['diff', written('fail', result), other, '--json']);
    expect(JSON.parse(json)).toMatchObject({
      comparison: [{ path: 'gate.marginBytesPerRequest', one: '32', other: '64' }],
    });
  });

  test('a service that only one run judged has one verdict, and its change is not known', async () => {
    const other = written('none', withoutServices(unfair()));
    const { out } = await slopegate(['diff', written('fail', failing()), other]);
    expect(out).toMatch(/^INVALID /m);
    expect(out).toMatch(/^waf +fail → not judged .* not known$/m);
    const { out: turned } = await slopegate(['diff', other, written('fail', failing())]);
    expect(turned).toMatch(/^waf +not judged → fail .* not known$/m);
  });

  test('a folder without a result is refused', async () => {
    expect(await slopegate(['diff', work.path, work.path])).toMatchObject({ exit: 2 });
  });
});
