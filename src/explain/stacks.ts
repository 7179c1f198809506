import type { ArmName, ExplainedFrame, ExplainedStack, SampledHeap, StackGrowth } from '../model/index.js';

/** A sampled block in use, with the names of its call stack. */
export interface NamedSample extends SampledHeap {
  /** The same in two readings of one version if it is the same block or object. */
  readonly id: string;
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
      const isLarger = difference > ERRORS * Math.hypot(baseline.error, candidate.error) && difference > SHARE * total;
      // A difference is no growth if only the baseline gave something back.
      return isLarger && candidate.bytes > ERRORS * candidate.error;
    })
    .sort((a, b) => b.candidate.bytes - b.baseline.bytes - (a.candidate.bytes - a.baseline.bytes));
}

/** Growth of all sampled memory in use, per request. */
export function totalGrowth(looks: Looks, requests: number): StackGrowth {
  const sums = { bytes: 0, squares: 0 };
  for (const { sample, sign } of changes(looks)) add(sums, sample, sign);
  return perRequest(sums, requests);
}

interface Sums {
  bytes: number;
  squares: number;
}

const NOTHING = { bytes: 0, squares: 0 };

/** Each sample stands for its weight. Whether it was drawn is chance, with about that weight as its error. */
function add(sums: Sums, { weight }: NamedSample, sign: 1 | -1): void {
  sums.bytes += sign * weight;
  sums.squares += weight * weight;
}

function perRequest({ bytes, squares }: Sums, requests: number): StackGrowth {
  return { bytes: bytes / requests, error: Math.sqrt(squares) / requests };
}

type StackSums = Sums & Pick<NamedSample, 'frames' | 'service'>;

function byStack(looks: Looks): ReadonlyMap<string, StackSums> {
  const places = new Map<string, StackSums>();
  for (const { sample, sign } of changes(looks)) {
    const { service, frames } = sample;
    const key = JSON.stringify([service, frames]);
    const sums = places.get(key) ?? { ...NOTHING, service, frames };
    add(sums, sample, sign);
    places.set(key, sums);
  }
  const stacks = new Map<string, StackSums>();
  // Stacks of the same names may be at several places, for example two functions without a name: the largest is shown.
  for (const { bytes, squares, service, frames } of [...places.values()].sort((a, b) => b.bytes - a.bytes)) {
    const key = `${service} ${frames.map(nameIn).join(' ')}`;
    const sums = stacks.get(key) ?? { ...NOTHING, service, frames };
    sums.bytes += bytes;
    sums.squares += squares;
    stacks.set(key, sums);
  }
  return stacks;
}

/** The name by which two versions are compared. Lines and the folders of packages move from version to version. */
function nameIn({ name, file }: ExplainedFrame): string {
  return name ?? file?.split('/node_modules/').at(-1) ?? '?';
}

/** What the requests gave back counts with a minus sign. What was in use all the time says nothing. */
function* changes({ before, after }: Looks): Generator<{ readonly sample: NamedSample; readonly sign: 1 | -1 }> {
  const [ids, idsAfter] = [before, after].map((samples) => new Set(samples.map(({ id }) => id)));
  for (const sample of before) if (!idsAfter?.has(sample.id)) yield { sample, sign: -1 };
  for (const sample of after) if (!ids?.has(sample.id)) yield { sample, sign: 1 };
}
