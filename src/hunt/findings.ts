import type { HuntRow, HuntWeight, TraceRequest } from '../model/index.js';
import { HUNT_KEPT_SHARE } from '../statistics/method.js';
import { isFound, weighShape, type MeasureBatch } from './hunt.js';
import { minimise } from './minimise.js';
import { repeated } from './repeated.js';
import type { HuntShape } from './shapes.js';

/** A shape that the candidate keeps, alone or much more of than the baseline, and its smallest request. */
export interface Found {
  readonly row: HuntRow;
  readonly request: TraceRequest;
  /** What the request leaves, for each `per`. */
  readonly bytes: number;
  readonly per: HuntWeight['per'];
  readonly trials: number;
  readonly alike: readonly string[];
}

export interface FindingSettings {
  readonly shapes: readonly HuntShape[];
  readonly rows: readonly HuntRow[];
  /** The candidate. */
  readonly measure: MeasureBatch;
  /** Most findings that are made smaller, and most requests that are tried for each. */
  readonly mostFindings: number;
  readonly mostTrials: number;
  readonly onFinding: (row: HuntRow) => void;
}

/** Bytes within this share are probably lost at the same place in the code. */
const ALIKE_SHARE = 0.05;

/** The findings, the largest first. Shapes that keep the same number of bytes count as one finding. */
export async function findingsOf(settings: FindingSettings): Promise<readonly Found[]> {
  const { shapes, rows, measure, mostFindings, mostTrials, onFinding } = settings;
  const found: Found[] = [];
  for (const group of alikeGroups(rows).slice(0, mostFindings)) {
    const row = smallest(group, shapes);
    const shape = shapes.find(({ name, source }) => name === row.shape && source === row.source);
    if (shape === undefined) continue;
    onFinding(row);
    const { bytes, per } = row.weights.candidate;
    let bytesOfSmallest = bytes;
    const isKept = async (request: TraceRequest): Promise<boolean> => {
      const weight = await weighShape({ batch: (requests) => repeated(request, requests) }, measure, false);
      // A request that leaves much more is another leak.
      const isSameLeak = weight.bytes >= HUNT_KEPT_SHARE * bytes && HUNT_KEPT_SHARE * weight.bytes <= bytes;
      const kept = weight.standing === 'keeps' && weight.per === per && isSameLeak;
      if (kept) bytesOfSmallest = weight.bytes;
      return kept;
    };
    // The visits of a journey leave memory. Whether one of its requests does so alone is not known yet.
    if (shape.source === 'journey' && !(await isKept(shape.request))) continue;
    const alike = group.filter((other) => other !== row).map((other) => other.shape);
    const { request, trials } = await minimise(shape.request, isKept, mostTrials);
    found.push({ row, request, bytes: bytesOfSmallest, per, trials, alike });
  }
  return found;
}

/** Rows that the candidate keeps, alone or much more of, in groups of about equal bytes, the largest bytes first. */
function alikeGroups(rows: readonly HuntRow[]): readonly (readonly HuntRow[])[] {
  const groups: HuntRow[][] = [];
  const kept = rows.filter(isFound);
  for (const row of kept.toSorted((a, b) => b.weights.candidate.bytes - a.weights.candidate.bytes)) {
    const first = groups.at(-1)?.[0]?.weights.candidate;
    const { bytes, per } = row.weights.candidate;
    if (first !== undefined && first.per === per && bytes >= (1 - ALIKE_SHARE) * first.bytes) groups.at(-1)?.push(row);
    else groups.push([row]);
  }
  return groups;
}

/** The row with the shortest request, because the least must be left out of it. Single requests go before journeys. */
function smallest(group: readonly HuntRow[], shapes: readonly HuntShape[]): HuntRow {
  const size = (row: HuntRow): number => {
    const shape = shapes.find(({ name, source }) => name === row.shape && source === row.source);
    const { headers = [], target = '', body = null } = shape?.request ?? {};
    const length = headers.reduce((sum, [name, value]) => sum + name.length + value.length, target.length);
    return length + (body?.length ?? 0) + (row.source === 'journey' ? Number.MAX_SAFE_INTEGER / 2 : 0);
  };
  return group.toSorted((a, b) => size(a) - size(b))[0] as HuntRow;
}
