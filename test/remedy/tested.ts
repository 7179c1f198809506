import { judgeRemedy, type RemedyEvidence } from '../../src/remedy/index.js';
import type { RemedyTest } from '../../src/results/index.js';
import { evidence, MIB, restart, sawtooth } from './samples.js';

/** The result of a test with this evidence; of ten restarts that hold, if none is given. */
export function tested(
  given: RemedyEvidence = evidence(
    sawtooth(10, () => 0),
    10,
    { remedy: restart },
  ),
): RemedyTest {
  const { ends: _, cutOff: __, highest: ___, isSameImage: ____, without, ...stated } = given;
  return {
    startedAt: '2026-11-28T20:00:00.000Z',
    seconds: 220,
    candidate: 'WAF 2',
    images: { waf: 'waf:2 sha256:2' },
    ...stated,
    ...judgeRemedy(given),
    lost: 12,
    latency: { with: { p50: 2, p99: 40, max: 1800 }, without: { p50: 2, p99: 9, max: 60 } },
    series: { with: { time: [1], bytes: [MIB], tasks: [3] }, without },
  };
}
