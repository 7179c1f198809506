import { describe, expect, it } from 'vitest';
import type { GateSettings, ServiceSeries } from '../../src/model/index.js';
import type { WordedVerdict } from '../../src/results/index.js';

import { recordingOf, serviceWith, trialWith, wordedVerdict } from './recordings.js';

const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;
const memory = (perRequest: number, run: number) => (second: number, requests: number) =>
  Math.round((30e6 + (second > 90 + 20 * run ? 32_768 : 0) + perRequest * requests) / 4096) * 4096;
const service = (name: string, perRequest: number, run: number): ServiceSeries =>
  serviceWith(name, 330, { unreclaimable_bytes: memory(perRequest, run) });

/** Service → growth per request in the candidate; null if a longer pair has no readings of it. */
type Growths = Readonly<Record<string, number | null>>;

const arms = (growths: Growths, run: number, purpose: 'replicate' | 'confirmation' = 'replicate') =>
  (['baseline', 'candidate'] as const).map((arm) =>
    trialWith(
      arm,
      run,
      Object.entries(growths).flatMap(([name, growth]) =>
        growth === null ? [] : [service(name, arm === 'candidate' ? growth : 0, run)],
      ),
      { phases: [WINDOW] },
      purpose,
    ),
  );

function verdictOn(
  growths: Growths,
  longer: Growths | null,
  changes: Parameters<typeof recordingOf>[1] = { gate: { confirm: 'always' } },
): WordedVerdict {
  const trials = [1, 2, 3].flatMap((run) => arms(growths, run));
  return wordedVerdict(recordingOf([...trials, ...(longer === null ? [] : arms(longer, 1, 'confirmation'))], changes));
}

const rows = ({ assessment }: WordedVerdict) =>
  Object.fromEntries(
    assessment.services.map(({ role, outcome, confirmationStatus }) => [role, [outcome, confirmationStatus]]),
  );
const guards = ({ assessment }: WordedVerdict, role: string) =>
  assessment.services.find((row) => row.role === role)?.guards.map(({ name }) => name);

describe('each service has its own confirmation of a FAIL', () => {
  it('a flat service is refuted, and one without readings in the longer pair is not confirmed', () => {
    const verdict = verdictOn({ waf: 100, db: 100 }, { waf: 0, db: null });
    expect([verdict.outcome, verdict.next, verdict.assessment.confirmation]).toEqual([
      'inconclusive',
      'stop',
      'unmeasured',
    ]);
    expect(rows(verdict)).toMatchObject({ waf: ['inconclusive', 'refuted'], db: ['inconclusive', 'unmeasured'] });
    expect(guards(verdict, 'waf')).toContain('NOT-CONFIRMED');
    expect(guards(verdict, 'db')).toContain('NOT-MEASURED');
  });

  it('a confirmed service fails the run, and the other row says what the longer pair showed', () => {
    const verdict = verdictOn({ waf: 100, db: 100 }, { waf: 95, db: 0 });
    expect([verdict.outcome, verdict.assessment.confirmation]).toEqual(['fail', 'confirmed']);
    expect(rows(verdict)).toMatchObject({ waf: ['fail', 'confirmed'], db: ['inconclusive', 'refuted'] });
    expect(verdict.sentence).toContain('waf');
    expect(verdict.sentence).not.toContain('db');
  });

  it('a confirmed service does not confirm another one that the longer pair could not measure', () => {
    const verdict = verdictOn({ waf: 100, db: 100 }, { waf: 95, db: null });
    expect(verdict.outcome).toBe('fail');
    expect(rows(verdict)).toMatchObject({ waf: ['fail', 'confirmed'], db: ['inconclusive', 'unmeasured'] });
  });

  it('a longer pair without any readings confirms nothing', () => {
    const verdict = verdictOn({ waf: 100, db: 100 }, { waf: null, db: null });
    expect([verdict.outcome, verdict.assessment.confirmation]).toEqual(['inconclusive', 'unmeasured']);
  });

  it('every service is refuted if both are flat in the longer pair', () => {
    const verdict = verdictOn({ waf: 100, db: 100 }, { waf: 0, db: 0 });
    expect([verdict.outcome, verdict.assessment.confirmation]).toEqual(['inconclusive', 'refuted']);
  });

  it('until the longer pair has run, no row fails', () => {
    const verdict = verdictOn({ waf: 100, db: 0 }, null);
    expect([verdict.outcome, verdict.next, verdict.assessment.confirmation]).toEqual([
      'inconclusive',
      'confirm',
      'wanted',
    ]);
    expect(rows(verdict)).toMatchObject({ waf: ['inconclusive', 'wanted'], db: ['pass', 'unneeded'] });
  });

  it('without confirmation every FAIL stands', () => {
    expect(rows(verdictOn({ waf: 100, db: 100 }, null, { gate: { confirm: 'never' } }))).toMatchObject({
      waf: ['fail', 'unneeded'],
      db: ['fail', 'unneeded'],
    });
  });
});

describe('confirm: auto', () => {
  const auto = {
    gate: { confirm: 'auto' },
    stack: { limits: { memoryBytes: 256 * 2 ** 20, cpus: null } },
  } as const;

  it('excuses only the service that outgrows its own memory', () => {
    const verdict = verdictOn({ waf: 5000, db: 60 }, null, auto);
    expect([verdict.outcome, verdict.next]).toEqual(['fail', 'stop']);
    expect(rows(verdict)).toMatchObject({ waf: ['fail', 'unneeded'], db: ['inconclusive', 'wanted'] });
    expect(verdict.sentence).not.toContain('db');
  });

  it('still excuses it where a longer pair has no readings of it', () => {
    expect(rows(verdictOn({ waf: 5000, db: 60 }, { waf: null, db: 60 }, auto))).toMatchObject({
      waf: ['fail', 'unneeded'],
      db: ['fail', 'confirmed'],
    });
  });

  it('does not excuse it from a longer pair that shows no growth', () => {
    expect(rows(verdictOn({ waf: 5000 }, { waf: 0 }, auto))).toMatchObject({ waf: ['inconclusive', 'refuted'] });
  });
});

describe('the total of a stack whose services are judged one by one', () => {
  const total = (verdict: WordedVerdict) => rows(verdict)['(stack)']?.[0];

  it('fails, passes and is open together with them', () => {
    expect(total(verdictOn({ waf: 100, db: 0 }, { waf: 95, db: 0 }))).toBe('fail');
    expect(total(verdictOn({ waf: 100, db: 0 }, { waf: 0, db: 0 }))).toBe('inconclusive');
    expect(total(verdictOn({ waf: 100, db: 0 }, null))).toBe('inconclusive');
    expect(total(verdictOn({ waf: 20, db: 20 }, null))).toBe('pass');
  });
});

describe('confirm: live-heap', () => {
  /** Memory of the candidate by request, and what of it the lens counts; null if it sees nothing. */
  function withLens(
    memoryOf: number,
    live: ((requests: number) => number) | null,
    repeat = 300,
    gate: Partial<GateSettings> = {},
  ): WordedVerdict {
    const trials = [1, 2, 3].flatMap((run) =>
      (['baseline', 'candidate'] as const).map((arm) => {
        const grows = arm === 'candidate' ? memoryOf : 0;
        const counted = (_: number, requests: number) => 5e6 + (arm === 'candidate' ? (live?.(requests) ?? 0) : 0);
        const metrics = {
          unreclaimable_bytes: memory(grows, run),
          ...(live !== null && { live_bytes: counted }),
        };
        return trialWith(arm, run, [serviceWith('waf', 330, metrics)], { phases: [WINDOW] });
      }),
    );
    return wordedVerdict(
      recordingOf(trials, { gate: { confirm: 'live-heap', ...gate }, ...(repeat > 0 && { repeat }) }),
    );
  }
  const fills = (requests: number) => 2e6 * (1 - Math.exp(-(requests - 1_500) / 6_000));

  it('a FAIL stands if the live heap grows as well', () => {
    const verdict = withLens(100, (requests) => 95 * requests);
    expect([verdict.outcome, verdict.next]).toEqual(['fail', 'stop']);
    expect(rows(verdict)).toMatchObject({ waf: ['fail', 'live-heap-grows'] });
  });

  it('a FAIL does not stand without readings of the live heap', () => {
    const verdict = withLens(100, null);
    expect(verdict.outcome).toBe('inconclusive');
    expect(rows(verdict)).toMatchObject({ waf: ['inconclusive', 'live-heap-unread'] });
    expect(verdict.next).toBe('stop');
    expect(guards(verdict, 'waf')).toContain('NOT-MEASURED');
    expect(verdict.advice).toContain('"quick"');
  });

  it.each([
    ['stands still', () => 0],
    ['fills a cache', fills],
  ])('a FAIL does not stand if the live heap %s', (_, live) => {
    const verdict = withLens(100, live);
    expect(verdict.outcome).toBe('inconclusive');
    expect(rows(verdict)).toMatchObject({ waf: ['inconclusive', 'live-heap-differs'] });
    expect(verdict.next).toBe('continue');
    expect(guards(verdict, 'waf')).toContain('NOT-CONFIRMED');
  });

  it('live heap that grows is a warning while memory is open, and not if requests are new', () => {
    const found = (verdict: WordedVerdict) => verdict.assessment.findings.map(({ kind, severity }) => [kind, severity]);
    const verdict = withLens(20, (requests) => 40 * requests);
    expect([verdict.outcome, found(verdict)]).toMatchObject(['inconclusive', [['live-heap-grows', 'warn']]]);
    expect(verdict.assessment.findings[0]?.sentence).toContain('40');
    expect(found(withLens(20, (requests) => 30 * requests))).toEqual([]);
    expect(found(withLens(20, fills))).toEqual([]);
    expect(found(withLens(20, (requests) => 40 * requests, 0))).toEqual([]);
  });

  it('the scenario can make it decisive', () => {
    const verdict = withLens(20, (requests) => 40 * requests, 300, { findings: { 'live-heap-grows': 'fail' } });
    expect(verdict.outcome).toBe('fail');
    expect(verdict.sentence).toContain('live heap');
  });

  it('nothing passes on requests that were all sent before', () => {
    const verdict = withLens(0, () => 0);
    expect(verdict.outcome).toBe('inconclusive');
    expect(guards(verdict, 'waf')).toContain('REPEATED');
    expect(verdict.advice).toContain('new requests');
  });
});
