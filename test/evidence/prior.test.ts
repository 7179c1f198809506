import { describe, expect, it } from 'vitest';
import { CALIBRATION_SCHEMA, type Calibration, type ContainerFacts, type Recording } from '../../src/model/index.js';
import { assess } from '../../src/verdict/index.js';
import { recordingOf, serviceWith, trialWith } from '../verdict/recordings.js';

const IMAGE: ContainerFacts = {
  service: 'waf',
  container: 1,
  image: 'waf',
  imageId: 'sha256:a',
  versions: {},
  memoryLimitBytes: null,
  cpus: null,
};
/** Differences of 40 ± 6: too scattered for three replicates by themselves, and as the calibration leads to expect. */
const DIFFERENCES = [74, 80, 86];

function run(prior: 'none' | 'calibration', changes: Partial<Calibration> | null): Recording {
  const grows = (slope: number) => [
    serviceWith('waf', 360, { unreclaimable_bytes: (_, requests) => 3e7 + slope * requests }),
  ];
  const trials = DIFFERENCES.flatMap((difference, i) => [
    trialWith('baseline', i + 1, grows(5), { containers: [IMAGE] }),
    trialWith('candidate', i + 1, grows(5 + difference), { containers: [IMAGE] }),
  ]);
  const recording = recordingOf(trials, { gate: { prior } });
  const points = [{ seconds: 300, requests: 22_400, deviation: 5, differences: [] }];
  const calibration: Calibration = {
    schema: CALIBRATION_SCHEMA,
    key: 'k',
    madeAt: '',
    runId: '',
    scenario: '',
    replicates: 6,
    images: { waf: 'sha256:a' },
    scatter: { waf: points },
    ...changes,
  };
  return { ...recording, manifest: { ...recording.manifest, calibration: changes === null ? null : calibration } };
}

const lowerOf = (recording: Recording): number => assess(recording).services[0]?.bounds?.lower ?? Number.NaN;

describe('gate.prior: calibration', () => {
  const without = lowerOf(run('none', {}));

  it('makes the bounds of the first look narrower', () => {
    expect(lowerOf(run('calibration', {}))).toBeGreaterThan(without + 10);
  });

  it.each<[string, Partial<Calibration> | null]>([
    ['without a calibration', null],
    ['with one of other images', { images: { waf: 'sha256:b' } }],
    ['with one of other services', { images: { waf: 'sha256:a', db: 'sha256:c' } }],
    [
      'with one of shorter windows',
      { scatter: { waf: [{ seconds: 120, requests: 9_000, deviation: 5, differences: [] }] } },
    ],
    [
      'with one of another role',
      { scatter: { db: [{ seconds: 300, requests: 22_400, deviation: 5, differences: [] }] } },
    ],
  ])('does nothing %s', (_, changes) => {
    expect(lowerOf(run('calibration', changes))).toBe(without);
  });

  it('gives wider bounds to a candidate that varies more', () => {
    const conflicting = { scatter: { waf: [{ seconds: 300, requests: 22_400, deviation: 1, differences: [] }] } };
    expect(lowerOf(run('calibration', conflicting))).toBeLessThan(without);
  });

  it('does not change the interval that is shown', () => {
    expect(assess(run('calibration', {})).services[0]?.difference).toEqual(
      assess(run('none', {})).services[0]?.difference,
    );
  });
});
