import { createRunDirectory } from '../../src/recording/index.js';
import type { Manifest } from '../../src/model/index.js';
import { scenarioWith } from '../verdict/recordings.js';
import { randomFrom } from './random.js';

const RATE = 75;
const SECONDS = 70;
const WARMUP = 10;
const REQUESTS = RATE * SECONDS;

/** Writes the sealed recording of an honest run that passes. @returns its directory */
export function passingRun(root: string, seed: number): string {
  const random = randomFrom(seed);
  const trace = { seed, digest: 'abc', requests: REQUESTS, labels: { get: REQUESTS } };
  const manifest: Manifest = {
    schema: 'slopegate.recording/2',
    runId: `passing-${seed}`,
    startedAt: '2026-01-01T00:00:00.000Z',
    endedAt: null,
    scenario: scenarioWith({ gate: { marginBytesPerRequest: 2000 } }),
    trace,
    host: null,
    notes: [],
  };
  const run = createRunDirectory(root, manifest);
  const { journal } = run;
  journal.labels(
    Array.from({ length: REQUESTS }, () => 'get'),
    REQUESTS,
  );
  for (const replicate of [1, 2, 3])
    for (const arm of ['baseline', 'candidate'] as const) {
      const id = `r${replicate}-${arm}`;
      const late = random.below(1e6) / 1e8;
      journal.trialStarted({ id, arm, replicate, purpose: 'replicate' }, '2026-01-01T00:00:01.000Z');
      const image = { service: 'waf', container: 1, image: `waf:${arm}`, imageId: `sha256:${arm}`, versions: {} };
      journal.containers(id, [{ ...image, memoryLimitBytes: null, cpus: null }]);
      for (let time = 1; time <= SECONDS; time += 1) {
        const requests = time === SECONDS ? REQUESTS : RATE * time - random.below(5);
        const memory = 30e6 + 4096 * random.below(8);
        const values = { unreclaimable_bytes: memory, anon_bytes: memory, fds: 12, threads: 4, sockets: 3 };
        journal.reading(id, { service: 'waf', container: 1, time, requests, minimum: values, median: values });
      }
      const statuses = Array.from({ length: REQUESTS }, () => 200);
      const spread = { p50: 1, p99: 2, max: 3 };
      journal.replay(id, {
        engine: 'test',
        planned: REQUESTS,
        sent: REQUESTS,
        answered: REQUESTS,
        plannedDigest: 'abc',
        sentDigest: 'abc',
        counts: { get: { 200: REQUESTS } },
        statuses,
        passedDigest: 'def',
        passedCount: REQUESTS,
        seconds: SECONDS,
        lateness: spread,
        latency: spread,
      });
      const at = (seconds: number) => ({ time: seconds + late, requests: Math.round(RATE * seconds) });
      journal.phase(id, { name: 'warmup', from: at(0), to: at(WARMUP) });
      journal.phase(id, { name: 'window', from: at(WARMUP), to: at(SECONDS) });
      journal.trialEnded(id, null);
    }
  run.close('2026-01-01T00:10:00.000Z');
  return run.directory;
}
