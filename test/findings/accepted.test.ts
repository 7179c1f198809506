import { describe, expect, it } from 'vitest';
import type { Acceptance, GateSettings, Recording } from '../../src/model/index.js';
import { recordingOf, serviceWith, trialWith, wordedVerdict } from '../verdict/recordings.js';

const WINDOW = { name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } } as const;
const KNOWN: Acceptance = {
  finding: 'threads-grow',
  service: 'waf',
  reason: 'The new pool ends at 500 threads, see OPS-12.',
  owner: 'Anna',
  expires: '2100-01-31',
};

interface Setting {
  readonly accepted: readonly Acceptance[];
  /** Bytes per request in the candidate. */
  readonly memory?: number;
  /** The arm whose container is killed in each trial. */
  readonly killed?: 'baseline' | 'candidate';
}

/** Three pairs in which the candidate's threads grow by one in a hundred requests. */
function recordingWith({ accepted, memory = 0, killed }: Setting): Recording {
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm) => {
      const grows = arm === 'candidate' ? 1 : 0;
      const waf = serviceWith('waf', 330, {
        unreclaimable_bytes: (second, requests) =>
          Math.round((30e6 + (second > 90 + 20 * replicate ? 32_768 : 0) + grows * memory * requests) / 4096) * 4096,
        threads: (_, requests) => 8 + Math.floor((grows * requests) / 100),
      });
      const events =
        arm === killed
          ? [{ kind: 'oom-kill', service: 'waf', container: 1, time: 200, requests: 15_000, detail: '' } as const]
          : [];
      return trialWith(arm, replicate, [waf], { phases: [WINDOW], events });
    }),
  );
  const gate: Partial<GateSettings> = { accepted };
  return recordingOf(trials, { gate });
}
const verdictWith = (setting: Setting) => wordedVerdict(recordingWith(setting));

const findingOf = (verdict: ReturnType<typeof wordedVerdict>, kind: string) =>
  verdict.assessment.findings.find((finding) => finding.kind === kind);

describe('an accepted finding', () => {
  it('is shown with its reason and owner, and does not make the run FAIL', () => {
    expect(verdictWith({ accepted: [] }).outcome).toBe('fail');
    const verdict = verdictWith({ accepted: [KNOWN] });
    expect(verdict.outcome).toBe('pass');
    expect(findingOf(verdict, 'threads-grow')).toMatchObject({
      severity: 'warn',
      accepted: { reason: KNOWN.reason, owner: 'Anna', expires: '2100-01-31' },
      sentence: expect.stringMatching(
        /^Threads of waf .*Accepted by Anna until 2100-01-31: The new pool ends at 500 threads, see OPS-12\.$/i,
      ),
    });
    expect(findingOf(verdict, 'acceptance-unused')).toBeUndefined();
  });

  it.each([
    ['Known', 'Known.'],
    ['Known.', 'Known.'],
    ['Who knows?', 'Who knows?'],
  ])('has a reason that ends a sentence: %s', (reason, shown) => {
    const verdict = verdictWith({ accepted: [{ ...KNOWN, reason }] });
    expect(findingOf(verdict, 'threads-grow')?.sentence).toSatisfy((sentence: string) =>
      sentence.endsWith(` until 2100-01-31: ${shown}`),
    );
  });

  it('of another service or kind accepts nothing, and is named', () => {
    for (const other of [{ service: 'db' }, { service: null }, { finding: 'sockets-grow' }] as const) {
      const verdict = verdictWith({ accepted: [{ ...KNOWN, ...other }] });
      expect(verdict.outcome).toBe('fail');
      expect(findingOf(verdict, 'acceptance-unused')?.sentence).toMatch(
        /^Anna accepted \S+ until 2100-01-31, but it was/,
      );
    }
  });

  it('fails again after its last day, and this is reported', () => {
    const verdict = verdictWith({ accepted: [{ ...KNOWN, expires: '2001-01-31' }] });
    expect(verdict.outcome).toBe('fail');
    expect(findingOf(verdict, 'threads-grow')).toMatchObject({ severity: 'fail' });
    expect(findingOf(verdict, 'acceptance-expired')?.sentence).toBe(
      'Anna accepted threads-grow until 2001-01-31. A trial of this run began later, so the entry has no effect.',
    );
  });

  it('has no effect if a trial began after its last day, because the run was resumed or merged later', () => {
    const entry = { ...KNOWN, expires: '2026-01-01' };
    const [first, ...others] = recordingWith({ accepted: [entry] }).trials;
    const { manifest } = recordingWith({ accepted: [entry] });
    expect(wordedVerdict({ manifest, trials: [first!, ...others] }).outcome).toBe('pass');
    const later = { ...first!, startedAt: '2026-01-02T00:10:00.000Z' };
    expect(wordedVerdict({ manifest, trials: [later, ...others] }).outcome).toBe('fail');
  });

  it('never hides that memory grows, that the run is INCONCLUSIVE, or that the comparison is not valid', () => {
    expect(verdictWith({ accepted: [KNOWN], memory: 5_000 }).outcome).not.toBe('pass');
    expect(verdictWith({ accepted: [KNOWN], memory: 31 }).outcome).toBe('inconclusive');
    const died = { ...KNOWN, finding: 'oom-kill' } as const;
    expect(verdictWith({ accepted: [KNOWN, died], killed: 'baseline' }).outcome).toBe('invalid');
    expect(verdictWith({ accepted: [KNOWN], killed: 'candidate' }).outcome).toBe('fail');
    const accepted = verdictWith({ accepted: [KNOWN, died], killed: 'candidate' });
    expect(['inconclusive', 'invalid']).toContain(accepted.outcome);
    expect(findingOf(accepted, 'oom-kill')).toMatchObject({ severity: 'warn', accepted: { owner: 'Anna' } });
  });
});
