import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Action } from '../../src/cli/action.js';
import { compareCommand } from '../../src/cli/commands/compare.js';
import { reportFailure } from '../../src/cli/failure.js';
import type { Context, Output } from '../../src/model/index.js';
import type { Result } from '../../src/results/index.js';
import { madeUp, type Story } from '../compare/samples.js';

let folder = '';

async function record(name: string, story: Story): Promise<void> {
  const { time, requests, values } = madeUp(story);
  const rows = Array.from(time, (at, row) =>
    [at, requests?.[row], values['anon_bytes']?.[row], values['fds']?.[row]]
      .filter((cell) => cell !== undefined)
      .join(','),
  );
  await writeFile(
    join(folder, name),
    `${requests ? 'time_s,requests,anon_bytes,fds' : 'time_s,anon_bytes,fds'}\n${rows.join('\n')}\n`,
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'slopegate-compare-'));
  for (const n of [1, 2, 3]) {
    await record(`old-1.4-${n}.csv`, { perRequest: 0, seed: n });
    await record(`new-1.5-${n}.csv`, { perRequest: 200, seed: n + 3 });
    await record(`uncounted-${n}.csv`, { perRequest: 200, seed: n, counted: false });
    await record(`uncounted-new-${n}.csv`, { perRequest: 200, seed: n + 3, counted: false });
  }
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command as `main` does, on streams that remember. */
async function compare(...argv: string[]): Promise<{ exit: number; out: string; err: string }> {
  const text = { out: '', err: '' };
  const stream = (key: 'out' | 'err'): Output => ({
    isTerminal: false,
    colour: false,
    width: 80,
    write: (more) => void (text[key] += more),
  });
  const clock = { seconds: () => 0, now: () => new Date('2026-11-21T12:00:00Z'), sleep: () => Promise.resolve() };
  const context: Context = {
    env: {},
    cwd: folder,
    home: folder,
    pid: 1,
    clock,
    salt: () => '',
    signal: new AbortController().signal,
    hold: () => () => {},
    out: stream('out'),
    err: stream('err'),
  };
  let action: Action | null = null;
  const program = new Command().exitOverride();
  compareCommand(program, (chosen) => (action = chosen));
  program.parse(['compare', ...argv], { from: 'user' });
  const exit = await (action as unknown as Action)(context).catch((error: unknown) => reportFailure(error, context));
  return { exit, ...text };
}

const files = (name: string, count = 3): string[] => Array.from({ length: count }, (_, n) => `${name}-${n + 1}.csv`);
const upgrade = ['--baseline', ...files('old-1.4'), '--candidate', ...files('new-1.5')];

describe('slopegate compare', () => {
  test('a leak ends with exit code 1 and is named after the files', async () => {
    const { exit, out, err } = await compare(...upgrade);
    expect(exit).toBe(1);
    expect(out).toMatch(/^FAIL/);
    expect(out).toContain('old-1.4');
    expect(err).toContain('note anon_bytes is judged');
  });

  test('the opposite direction ends with exit code 0, too few replicates with 3', async () => {
    expect((await compare('--baseline', ...files('new-1.5'), '--candidate', ...files('old-1.4'))).exit).toBe(0);
    expect((await compare('--baseline', ...files('old-1.4', 1), '--candidate', ...files('new-1.5', 1))).exit).toBe(3);
  });

  test('--json prints only the result on stdout and writes nothing else', async () => {
    const before = await readdir(folder);
    const { out } = await compare(...upgrade, '--json', '--margin', '1 kB/request');
    const result = JSON.parse(out) as Result;
    expect(result.verdict.outcome).toBe('pass');
    expect(result.verdict.assessment.margin).toBe(1000);
    expect(result.manifest.trace).toBeNull();
    expect(result.manifest.startedAt).toBe('2026-11-21T12:00:00.000Z');
    expect(await readdir(folder)).toEqual(before);
  });

  test('--out writes the reports of a run', async () => {
    const { exit, err } = await compare(...upgrade, '--out', 'reports/mine');
    expect(exit).toBe(1);
    expect(err).toContain('HTML report: reports/mine/report.html');
    expect((await readdir(join(folder, 'reports/mine'))).sort()).toEqual([
      'junit.xml',
      'report.html',
      'report.md',
      'result.json',
    ]);
    expect(await readFile(join(folder, 'reports/mine/report.html'), 'utf8')).toContain(
      'They do not show if both sides got the same requests',
    );
  });

  test('--format prints one report', async () => {
    expect((await compare(...upgrade, '--format', 'markdown')).out).toMatch(/^###/);
  });

  test('one line says how the files were understood; --explain says it in full', async () => {
    const short = await compare(...upgrade);
    expect(short.err).toContain(
      'read old-1.4-1.csv and 5 more: CSV; time from "time_s" (seconds); requests from "requests"',
    );
    const full = await compare(...upgrade, '--explain');
    expect(full.err).toContain('read old-1.4-1.csv: CSV, 311 rows');
    expect(full.err).toContain('"anon_bytes" → anon_bytes: bytes, by its name');
    expect(full.err).toContain('time 0  requests 0  anon_bytes');
  });

  test('--json says how each file was understood', async () => {
    const { files: read } = JSON.parse((await compare(...upgrade, '--json')).out) as {
      files: { file: string; kind: string; rows: number; first: Record<string, number>[] }[];
    };
    expect(read.map(({ file }) => file)).toEqual([...files('old-1.4'), ...files('new-1.5')]);
    expect(read[0]).toMatchObject({ kind: 'CSV', rows: 311, first: [{ time: 0, requests: 0, fds: 30 }, {}, {}] });
  });

  test('--name and --labels are in the reports, and calibration is not mentioned', async () => {
    const { out } = await compare(...upgrade, '--name', 'gateway', '--labels', '1.4,1.5', '--format', 'markdown');
    expect(out).toContain('gateway');
    expect(out).toContain('1.4 → 1.5');
    expect(out).not.toContain('alibrat');
  });

  test('a format is refused before any file is read', async () => {
    const gone = ['--baseline', 'gone.csv', '--candidate', 'gone.csv'];
    expect((await compare(...gone, '--json', '--format', 'html')).err).toContain('USAGE: --json and --format html');
    expect((await compare(...gone, '--format', 'pdf')).err).toContain('USAGE: unknown format "pdf"');
  });

  test('--unit gives the unit that a file does not state', async () => {
    for (const side of ['kib-old', 'kib-new'])
      for (const n of [1, 2, 3]) {
        const { time, requests, values } = madeUp({ perRequest: side === 'kib-new' ? 200 : 0, seed: n + side.length });
        const rows = Array.from(
          time,
          (at, row) => `${at},${requests?.[row]},${(values['anon_bytes']?.[row] ?? 0) / 1024}`,
        );
        const shifted = side === 'kib-new' ? rows.slice(1) : rows;
        await writeFile(join(folder, `${side}-${n}.csv`), `time_s,requests,rss\n${shifted.join('\n')}\n`);
      }
    const arms = ['--baseline', ...files('kib-old'), '--candidate', ...files('kib-new')];
    const asked = await compare(...arms);
    expect(asked.exit).toBe(2);
    expect(asked.err).toContain('--unit KiB');
    expect((await compare(...arms, '--unit', 'KiB')).exit).toBe(1);
  });

  test('a margin per second for series that did not count requests', async () => {
    const arms = ['--baseline', ...files('uncounted'), '--candidate', ...files('uncounted-new')];
    const { exit, err } = await compare(...arms, '--margin', '3 kB/s');
    expect(exit).toBe(0);
    expect(err).toContain('judged per second');
  });

  test.each([
    [
      'unequal sides',
      ['--baseline', ...files('old-1.4', 2), '--candidate', ...files('new-1.5', 1)],
      'SERIES_INVALID: 2 files of the baseline and 1 of the candidate',
    ],
    [
      'a file that is not there',
      ['--baseline', 'gone.csv', '--candidate', ...files('new-1.5', 1)],
      'SERIES_INVALID: cannot read',
    ],
    ['a mistyped metric', [...upgrade, '--metric', 'anno_bytes'], 'did you mean "anon_bytes"?'],
    ['a margin without its unit', [...upgrade, '--margin', '32'], 'for example --margin "32 B/request"'],
    ['a warm-up without its unit', [...upgrade, '--warmup', '60'], 'for example --warmup 60s'],
    ['an unknown unit', [...upgrade, '--unit', 'parsec'], 'expected B, KiB, MiB or GiB'],
    ['an unknown unit of time', [...upgrade, '--time-unit', 'ages'], 'expected s, ms, us or ns'],
    ['an unknown sign', [...upgrade, '--decimal', 'dash'], 'expected point or comma'],
    ['one label alone', [...upgrade, '--labels', '1.5'], 'for example --labels 1.4,1.5'],
    ['an interval of nothing', [...upgrade, '--interval', '0s'], 'a duration above 0'],
    ['two columns of requests', [...upgrade, '--requests-column', 'a', '--rate-column', 'b'], 'use one of them'],
    ['an unknown format', [...upgrade, '--format', 'pdf'], 'known formats:'],
  ])('%s ends in 2 with a hint', async (_, argv, text) => {
    const { exit, out, err } = await compare(...argv);
    expect(exit).toBe(2);
    expect(out).toBe('');
    expect(err).toContain(text);
  });
});
