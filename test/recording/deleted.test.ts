import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { createRunDirectory } from '../../src/journal/index.js';
import { readRecording } from '../../src/recording/index.js';
import type { Manifest, SlopegateError } from '../../src/model/index.js';

const RECORDED = new URL('../fixtures/run/tiny-leak/manifest.json', import.meta.url);
const manifest = { ...(JSON.parse(readFileSync(RECORDED, 'utf8')) as Manifest), runId: 'run' };
const root = mkdtempSync(join(tmpdir(), 'slopegate-deleted-'));
const TRIAL = { id: 'r1-baseline', arm: 'baseline', replicate: 1, purpose: 'replicate' } as const;

afterEach(() => rmSync(root, { recursive: true, force: true }));

function started() {
  const failures: SlopegateError[] = [];
  const run = createRunDirectory(root, manifest, (failure) => failures.push(failure));
  run.journal.trialStarted(TRIAL, '2026-11-27T12:00:00Z');
  return { run, failures };
}

describe('a run whose folder is deleted', () => {
  it('is reported at the next line, and the open data can be judged', async () => {
    const { run, failures } = started();
    rmSync(run.directory, { recursive: true });
    run.journal.note({ code: 'huge-pages', facts: {} });
    expect(failures).toHaveLength(1);
    expect(failures[0]).toMatchObject({ code: 'DISK' });
    const rescued = run.rescue();
    run.close('2026-11-27T12:01:00Z');
    expect(rescued).toBe(`${run.directory}-rescued`);
    const { recording } = await readRecording(rescued!);
    expect(recording.trials.map(({ trial }) => trial.id)).toEqual(['r1-baseline']);
    expect(recording.manifest.runId).toBe('run');
    // Nothing half is made in the old place.
    expect(existsSync(run.directory)).toBe(false);
  });

  it('also if only the journal was deleted, or the folder was moved', () => {
    const { run, failures } = started();
    rmSync(join(run.directory, 'journal.ndjson'));
    run.journal.trialEnded(TRIAL.id, { code: 'ended-by-error', facts: { error: 'REPLAY_FAILED', message: 'stopped' } });
    expect(failures).toHaveLength(1);
    expect(run.rescue()).not.toBeNull();
    run.close('2026-11-27T12:01:00Z');
    rmSync(root, { recursive: true });

    const second = started();
    renameSync(second.run.directory, join(root, 'elsewhere'));
    second.run.journal.trialEnded(TRIAL.id, {
      code: 'ended-by-error',
      facts: { error: 'REPLAY_FAILED', message: 'stopped' },
    });
    expect(second.failures).toHaveLength(1);
    second.run.close('2026-11-27T12:01:00Z');
  });

  it('a complete run needs no rescue', () => {
    const { run, failures } = started();
    run.journal.trialEnded(TRIAL.id, null);
    expect(failures).toEqual([]);
    expect(run.rescue()).toBeNull();
    run.close('2026-11-27T12:01:00Z');
    expect(existsSync(`${run.directory}-rescued`)).toBe(false);
  });
});
