import { expect, it } from 'vitest';
import type { TrafficPhase } from '../../src/model/index.js';
import { assess, judge } from '../../src/verdict/index.js';
import { recordingOf, replayWith, serviceWith, trialWith } from './recordings.js';

const MIB = 2 ** 20;
const SECONDS = 330;
const WINDOW = [
  { name: 'window', from: { time: 30, requests: 2_250 }, to: { time: SECONDS, requests: 24_750 } },
] as const;
const PHASES: readonly TrafficPhase[] = [
  { name: 'day', share: 0.5, mix: { get: 1 } },
  { name: 'wave', share: 0.5, mix: { sqli: 1 } },
];

/** Three pairs whose candidate grows by so much per request between two requests of the trial. */
function verdictOf(perRequest: number, [from, to]: readonly [number, number], phases?: readonly TrafficPhase[]) {
  const grown = (requests: number): number => perRequest * (Math.min(Math.max(requests, from), to) - from);
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm) =>
      trialWith(
        arm,
        replicate,
        [
          serviceWith('waf', SECONDS, {
            unreclaimable_bytes: (second, requests) =>
              30 * MIB + 4096 * (second % 2) + (arm === 'candidate' ? grown(requests) : 0),
          }),
        ],
        { phases: WINDOW, replay: replayWith() },
      ),
    ),
  );
  const { manifest, ...rest } = recordingOf(trials);
  return judge(
    assess({
      ...rest,
      manifest: {
        ...manifest,
        scenario: { ...manifest.scenario, traffic: { ...manifest.scenario.traffic, ...(phases && { phases }) } },
      },
    }),
  );
}

it('growth that ends with the first phase is not a full cache: it does not pass', () => {
  const first = [2_250, 13_500] as const;
  const [plain, phased] = [verdictOf(200, first), verdictOf(200, first, PHASES)];
  const guards = ({ assessment }: typeof plain) => assessment.services[0]?.guards.map(({ name }) => name);
  expect([plain.outcome, guards(plain)]).toEqual(['pass', expect.arrayContaining(['SETTLED'])]);
  expect([phased.outcome, guards(phased)]).toEqual(['inconclusive', expect.not.arrayContaining(['SETTLED'])]);
});

it('growth only in the last phase does not pass; growth in all phases fails; no growth passes', () => {
  expect(verdictOf(60, [18_000, 24_750], PHASES).outcome).toBe('inconclusive');
  expect(verdictOf(200, [0, 24_750], PHASES).outcome).toBe('fail');
  expect(verdictOf(0, [0, 1], PHASES).outcome).toBe('pass');
});
