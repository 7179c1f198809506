import type { ArmName, ExplainedFrame, ExplainedStack, StackGrowth } from '../model/index.js';

/** A sampled block in use, with the names of its call stack. */
export interface NamedSample {
  readonly service: string;
  readonly weight: number;
  readonly frames: readonly ExplainedFrame[];
}

/** Samples of one version before and after its requests. */
export interface Looks {
  readonly before: readonly NamedSample[];
  readonly after: readonly NamedSample[];
}

/** A difference counts if it is above this many standard errors, and above this share of the total. */
const ERRORS = 3;
const SHARE = 0.02;

/**
 * Growth of the sampled memory in use, by call stack and per request, if the candidate grows more than the baseline.
 * The largest difference comes first. Call stacks are the same if their functions have the same names.
 */
export function growingStacks(looks: Readonly<Record<ArmName, Looks>>, requests: number): readonly ExplainedStack[] {
  const grown = { baseline: byStack(looks.baseline), candidate: byStack(looks.candidate) };
  const all = [...grown.candidate].map(([key, { frames, service, ...sums }]) => ({
    service,
    frames,
    candidate: perRequest(sums, requests),
    baseline: perRequest(grown.baseline.get(key) ?? NOTHING, requests),
  }));
  const total = totalGrowth(looks.candidate, requests).bytes - totalGrowth(looks.baseline, requests).bytes;
  return all
    .filter(({ baseline, candidate }) => {
      const difference = candidate.bytes - baseline.bytes;
      return difference > ERRORS * Math.hypot(baseline.error, candidate.error) && difference > SHARE * total;
    })
    .sort((a, b) => b.candidate.bytes - b.baseline.bytes - (a.candidate.bytes - a.baseline.bytes));
}

/** Growth of all sampled memory in use, per request. */
export function totalGrowth(looks: Looks, requests: number): StackGrowth {
  const sums = { bytes: 0, squares: 0 };
  for (const { sample, sign } of signed(looks)) add(sums, sample, sign);
  return perRequest(sums, requests);
}

interface Sums {
  bytes: number;
  squares: number;
}

const NOTHING = { bytes: 0, squares: 0 };

/** Each sample stands for its weight; whether it was drawn is chance, with about that weight as its error. */
function add(sums: Sums, { weight }: NamedSample, sign: 1 | -1): void {
  sums.bytes += sign * weight;
  sums.squares += sign * weight * weight;
}

function perRequest({ bytes, squares }: Sums, requests: number): StackGrowth {
  return { bytes: bytes / requests, error: Math.sqrt(Math.max(0, squares)) / requests };
}

function byStack(looks: Looks): ReadonlyMap<string, Sums & Pick<NamedSample, 'frames' | 'service'>> {
  const stacks = new Map<string, Sums & Pick<NamedSample, 'frames' | 'service'>>();
  for (const { sample, sign } of signed(looks)) {
    const { service, frames } = sample;
    const key = `${service} ${frames.map(({ name, file }) => name ?? file ?? '?').join(' ')}`;
    const sums = stacks.get(key) ?? { ...NOTHING, service, frames };
    add(sums, sample, sign);
    stacks.set(key, sums);
  }
  return stacks;
}

/** What was in use before the requests counts with a minus sign. */
function* signed({ before, after }: Looks): Generator<{ readonly sample: NamedSample; readonly sign: 1 | -1 }> {
  for (const sample of before) yield { sample, sign: -1 };
  for (const sample of after) yield { sample, sign: 1 };
}
