import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { BASE_RUNS, writeBase } from '../fuzz/recordings/base-run.js';
import { writeSealed, writeUnsealed, type JournalLine, type RunFiles } from '../fuzz/recordings/run-files.js';
import { slopegate, type Said } from './in-process.js';
import { temporaryFolder } from './runs.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

const run = (name: string): RunFiles => writeBase(BASE_RUNS.find((base) => base.name === name)!);
const [ALONE, THREE] = [run('honest'), run('honest, three services')];
type Change = (line: JournalLine) => JournalLine | null;

/** The run with other lines; null takes a line away. */
const changed = ({ manifest, lines }: RunFiles, change: Change): RunFiles => ({
  manifest,
  lines: lines.flatMap((line) => change(line) ?? []),
});
const reading =
  (change: Change): Change =>
  (line) =>
    line.k === 'r' ? change(line) : line;
const without = (service: string, trials: RegExp): Change =>
  reading((line) => (line['s'] === service && trials.test(line.t!) ? null : line));
/** All texts of the run with this name have another one. */
const renamed = ({ manifest, lines }: RunFiles, from: string, to: string): RunFiles =>
  JSON.parse(JSON.stringify({ manifest, lines }).replaceAll(`"${from}"`, `"${to}"`)) as RunFiles;

async function analyzed(files: ReadonlyMap<string, string>): Promise<Said> {
  using folder = temporaryFolder();
  for (const [name, text] of files) writeFileSync(join(folder.path, name), text);
  const said = await slopegate(['analyze', folder.path]);
  return { ...said, out: said.out.replaceAll(/\s+/g, ' ') };
}

describe('analyze of a run whose evidence is gone or impossible', () => {
  test.each<[string, RunFiles, number, RegExp]>([
    ['no readings of a judged service', changed(THREE, without('api', /./)), 3, /api could not be judged/],
    [
      'none on the candidate',
      changed(THREE, without('api', /candidate/)),
      3,
      /api in the candidate: it was not measured/,
    ],
    [
      'memory of 0 bytes',
      changed(
        ALONE,
        reading((line) => ({ ...line, m: [0, 0, null], d: [0, 0, null] })),
      ),
      3,
      /less memory than any process has/,
    ],
    [
      'one replicate under the name of another',
      {
        ...ALONE,
        lines: ALONE.lines.flatMap((line) => {
          const to = line.t?.replace('r1-', 'r2-');
          if (line.t?.startsWith('r2-') === true) return [];
          return to === undefined || to === line.t
            ? [line]
            : [line, { ...line, t: to, ...(line.k === 'trial' ? { replicate: 2 } : {}) }];
        }),
      },
      4,
      /one is a copy of the other/,
    ],
    [
      'no statuses',
      changed(ALONE, (line) =>
        line.k === 'replay' ? { ...line, result: { ...(line['result'] as object), statuses: '' } } : line,
      ),
      4,
      /on record/,
    ],
    ['a service with the name of a prototype', renamed(ALONE, 'waf', 'constructor'), 0, /constructor stays within/],
  ])('%s', async (_, files, exit, says) => {
    const said = await analyzed(writeSealed(files));
    expect(said.out).toMatch(says);
    expect(said.exit).toBe(exit);
  });

  test('a line that was an event cannot be read', async () => {
    const event = {
      k: 'event',
      t: 'r1-candidate',
      kind: 'oom-kill',
      service: 'waf',
      container: 1,
      time: 9,
      detail: '',
    };
    const files = writeUnsealed({ ...ALONE, lines: [...ALONE.lines, { ...event, requests: 180 }] });
    const journal = files.get('journal.ndjson')!.replace('"k":"event"', '"k":"evxnt"');
    const said = await analyzed(new Map([...files, ['journal.ndjson', journal]]));
    expect(said.out).toMatch(/Line \d+ of the journal cannot be read/);
    expect(said.exit).toBe(4);
  });

  test.each<[string, 'manifest.json' | 'journal.ndjson', RegExp, string, RegExp]>([
    [
      'a margin that is a text',
      'manifest.json',
      /"marginBytesPerRequest": 2000/,
      '"marginBytesPerRequest": "9"',
      /a text/,
    ],
    ['a number that is impossible', 'journal.ndjson', /"m":\[\d+/, '"m":[1e308', /no run can have measured/],
    ['a journal of a later schema', 'journal.ndjson', /slopegate\.recording\/\d+/, 'slopegate.recording/99', /schema/],
  ])('%s is an error with its place', async (_, name, from, to, says) => {
    const files = writeUnsealed(ALONE);
    expect(files.get(name)).toMatch(from);
    const { exit, err } = await analyzed(new Map([...files, [name, files.get(name)!.replace(from, to)]]));
    expect(err).toMatch(says);
    expect(err).toMatch(new RegExp(`${name.replace('.', '\\.')}:\\d+:\\d+\\n`));
    expect(exit).toBe(2);
  });
});
