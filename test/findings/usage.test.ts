import { describe, expect, it } from 'vitest';
import type { UsagePair, UsageSubject } from '../../src/evidence/index.js';
import { assessUsage, usageFindings } from '../../src/findings/index.js';
import { normals } from './normals.js';

const RATE = 0.05;
const SERVICES = 8;

/** Processor time of one service: pairs share what the host does to both; each arm has noise of its own. */
function subjectOf(
  role: string,
  draw: () => number,
  more: (baseline: number) => number,
  replicates: number,
): UsageSubject {
  const level = 0.2 + Math.abs(draw());
  const pair = (): UsagePair => {
    const host = level * Math.exp(0.3 * draw());
    const baseline = host * (1 + 0.03 * draw());
    const candidate = (host + more(host)) * (1 + 0.03 * draw());
    return { baseline: { value: baseline, level: baseline }, candidate: { value: candidate, level: candidate } };
  };
  return {
    role,
    measure: 'cpu',
    unit: 'ms/request',
    tested: true,
    marginAt: (value) => 0.1 * value,
    replicates: Array.from({ length: replicates }, pair),
  };
}

/** Names of the services that are found in one simulated run; in those of `leaky` the candidate takes more. */
function foundIn(draw: () => number, more: (role: number) => (host: number) => number, replicates = 3): string[] {
  const subjects = Array.from({ length: SERVICES }, (_, i) => subjectOf(String(i), draw, more(i), replicates));
  return usageFindings(assessUsage(subjects, {}), RATE, {}).map(({ service }) => service ?? '');
}

describe('findings beside memory, simulated: 8 services, the host changes both arms by 30 %, each arm by 3 %', () => {
  it('two equal versions: not one of 2,000 runs has a finding', () => {
    const draw = normals(1);
    const runs = Array.from({ length: 2000 }, () => foundIn(draw, () => () => 0));
    expect(runs.filter((found) => found.length > 0)).toHaveLength(0);
  });

  it('with a true difference of exactly the margin in every service, at most 1 run in 20 has a finding', () => {
    const draw = normals(2);
    const runs = Array.from({ length: 2000 }, () => foundIn(draw, () => (host) => 0.1 * host));
    expect(runs.filter((found) => found.length > 0).length / runs.length).toBeLessThan(RATE);
  });

  it('of what is found, at most the stated share is false, if half of the services take 60 % more', () => {
    const draw = normals(3);
    const [found, wrong] = [[] as string[], [] as string[]];
    for (let run = 0; run < 500; run += 1)
      for (const name of foundIn(draw, (role) => (host) => (role % 2 === 0 ? 0.6 : 0.1) * host, 5))
        (Number(name) % 2 === 0 ? found : wrong).push(name);
    expect(found.length / (500 * (SERVICES / 2))).toBeGreaterThan(0.95);
    expect(wrong.length / (found.length + wrong.length)).toBeLessThan(RATE);
  });
});
