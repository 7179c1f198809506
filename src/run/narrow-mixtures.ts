import { weighShape, type HuntShape, type MeasureBatch } from '../hunt/index.js';
import type { Weighed } from '../narrow/index.js';
import type { HuntRow, HuntWeight } from '../model/index.js';
import type { NarrowMixture } from '../results/index.js';
import { HUNT_PROPORTION_TOLERANCE } from '../statistics/method.js';

/** A shape that the candidate keeps memory of, with what both versions keep. */
export interface KeptShape {
  readonly shape: HuntShape;
  readonly row: HuntRow;
}

/** Bytes within this share are probably lost at the same place in the code. */
const ALIKE_SHARE = 0.05;

/**
 * The shapes that are weighed on each mixture: those that one service of the candidate keeps, the largest first. Of
 * shapes that keep the same number of bytes, one is enough.
 * @param most shapes at most
 */
export function shapesToWeigh(kept: readonly KeptShape[], most: number): readonly KeptShape[] {
  const sorted = kept.toSorted((a, b) => bytesOf(b) - bytesOf(a));
  const service = sorted[0]?.row.weights.candidate.service;
  const chosen: KeptShape[] = [];
  for (const one of sorted.filter(({ row }) => row.weights.candidate.service === service)) {
    const { per } = one.row.weights.candidate;
    const isAlike = (other: KeptShape): boolean =>
      other.row.weights.candidate.per === per && bytesOf(one) >= (1 - ALIKE_SHARE) * bytesOf(other);
    if (!chosen.some(isAlike)) chosen.push(one);
  }
  return chosen.slice(0, most);
}

const bytesOf = ({ row }: KeptShape): number => row.weights.candidate.bytes;

/** Bytes that a version keeps of a shape beyond those of the baseline; null if that was not decided. */
export function beyondBaseline(weight: HuntWeight, baseline: HuntWeight): number | null {
  if (weight.standing === 'gives-back') return 0;
  if (weight.standing !== 'keeps') return null;
  const same = baseline.standing === 'keeps' && baseline.per === weight.per ? baseline.bytes : 0;
  return weight.bytes <= (1 + HUNT_PROPORTION_TOLERANCE) * same ? 0 : weight.bytes - same;
}

/** What a mixture does, from the weights of all shapes. One that answers differently does not do the same work. */
export function answerOf(weights: readonly HuntWeight[], shapes: readonly KeptShape[]): Weighed {
  const bytes = shapes.map(({ row }, i) => {
    const weight = weights[i];
    if (weight === undefined) return null;
    const statuses = [row.weights.candidate.statuses[0], row.weights.baseline.statuses[0]];
    return statuses.includes(weight.statuses[0]) ? beyondBaseline(weight, row.weights.baseline) : null;
  });
  if (bytes.some((one) => one !== null && one > 0)) return { answer: 'grows', bytes };
  return { answer: bytes.includes(null) ? 'unresolved' : 'stops', bytes };
}

/** Weighs all shapes on a mixture that runs. */
export async function weighMixture(
  parts: readonly string[],
  shapes: readonly KeptShape[],
  measure: MeasureBatch,
): Promise<NarrowMixture & Weighed> {
  const weights: HuntWeight[] = [];
  for (const { shape } of shapes) weights.push(await weighShape(shape, measure));
  return { parts, ...answerOf(weights, shapes), weights, failure: null };
}
