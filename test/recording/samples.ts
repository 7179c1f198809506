import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RECORDING_SCHEMA, type Manifest, type Reading, type ReplayResult, type Trial } from '../../src/model/index.js';
import { scenarioWith } from '../verdict/recordings.js';

/** A folder that is gone when the block ends. */
export function temporaryFolder(): { readonly path: string } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'slopegate-recording-'));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) };
}

export function manifest(changes: Partial<Manifest> = {}): Manifest {
  return {
    schema: RECORDING_SCHEMA,
    runId: 'run-1',
    startedAt: '2026-01-02T03:04:05.000Z',
    endedAt: null,
    scenario: scenarioWith({ stack: { roles: { 'mgt-api': 'mgt' } } }),
    trace: { seed: 1, digest: 'aa', requests: 4, labels: { search: 3, order: 1 } },
    host: null,
    notes: [],
    ...changes,
  };
}

export function trial(changes: Partial<Trial> = {}): Trial {
  return { id: 'r1-baseline', arm: 'baseline', replicate: 1, purpose: 'replicate', ...changes };
}

export function reading(time: number, changes: Partial<Reading> = {}): Reading {
  const minimum = { anon_bytes: 1_000_000 + time, usage_bytes: 2_000_000 };
  return {
    service: 'waf',
    container: 1,
    time,
    requests: time * 75,
    minimum,
    median: { ...minimum, usage_bytes: 2_000_000.5 },
    ...changes,
  };
}

export function replay(changes: Partial<ReplayResult> = {}): ReplayResult {
  return {
    engine: 'test',
    planned: 4,
    sent: 4,
    answered: 3,
    plannedDigest: 'aa',
    sentDigest: 'aa',
    counts: { search: { '200': 2, '403': 1, none: 1 } },
    statuses: [200, 403, 0, 200],
    passedDigest: 'bb',
    passedCount: 2,
    seconds: 1.5,
    lateness: { p50: 0.1, p99: 2, max: 3.25 },
    latency: { p50: 2, p99: 9, max: 12 },
    ...changes,
  };
}
