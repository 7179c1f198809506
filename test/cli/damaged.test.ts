import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { slopegate } from './in-process.js';
import { recordedRun, temporaryFolder } from './runs.js';

// A busy host is slow, not wrong.
vi.setConfig({ testTimeout: 60_000 });

/** The recorded run as a killed harness leaves it: no end, and a last line cut in two. */
function killedAfter(lines: number): ReturnType<typeof recordedRun> {
  const run = recordedRun();
  const manifest = join(run.path, 'manifest.json');
  writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(/"endedAt": "[^"]*"/, '"endedAt": null'));
  const journal = join(run.path, 'journal.ndjson');
  const all = readFileSync(journal, 'utf8').split('\n');
  writeFileSync(journal, `${all.slice(0, lines).join('\n')}\n${all[lines]!.slice(0, 30)}`);
  return run;
}

describe('analyze judges the part that exists', () => {
  test.each([1, 8, 100, 250])('killed after line %i', async (lines) => {
    using run = killedAfter(lines);
    const { exit, out, err } = await slopegate(['analyze', run.path]);
    expect([3, 4]).toContain(exit);
    expect(out).toMatch(/^(INCONCLUSIVE|INVALID) {2}tiny-leak/);
    expect(err).toContain('warning The last line of the journal was cut off');
    expect(readFileSync(join(run.path, 'report.html'), 'utf8')).toContain('cut short');
    expect((await slopegate(['report', run.path, '--format', 'junit'])).out).toContain('<testsuites');
  });

  test('killed before the first reading: there is still JSON on stdout', async () => {
    using run = recordedRun();
    writeFileSync(join(run.path, 'journal.ndjson'), '');
    const { exit, out } = await slopegate(['analyze', run.path, '--json']);
    expect([3, 4]).toContain(exit);
    expect((JSON.parse(out) as { schema: string }).schema).toBe('slopegate.result/4');
  });
});

describe('a folder that is not a run ends with exit code 2 and a hint', () => {
  test.each(['analyze', 'report'])('%s of a missing folder', async (command) => {
    const { exit, out, err } = await slopegate([command, 'no-such-run']);
    expect({ exit, out }).toEqual({ exit: 2, out: '' });
    expect(err).toMatch(
      /error RUN_UNREADABLE: no-such-run has no readable \S+\.json\.\n {2}cause: ENOENT.*\n {2}hint: /,
    );
  });

  test('report of a folder that is not a run does not recommend analyze', async () => {
    const { err } = await slopegate(['report', 'no-such-run']);
    expect(err).toContain('hint: Name the folder of a run');
    expect(err).not.toContain('slopegate analyze');
  });

  test('report of a run that was not judged yet', async () => {
    using run = recordedRun();
    const { exit, err } = await slopegate(['report', run.path]);
    expect(exit).toBe(2);
    expect(err).toContain(`hint: Judge the run first: slopegate analyze ${run.path}`);
  });

  test('analyze of a run without its journal', async () => {
    using run = recordedRun();
    rmSync(join(run.path, 'journal.ndjson'));
    expect((await slopegate(['analyze', run.path])).exit).toBe(2);
  });

  test('analyze of an empty folder', async () => {
    using folder = temporaryFolder();
    expect((await slopegate(['analyze', folder.path])).exit).toBe(2);
  });
});
