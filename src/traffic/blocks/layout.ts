import { groupLabels, type LabelShare } from './groups.js';
import { MOST_COLUMNS } from './sign-rows.js';

/** Requests of a trial before the judged window and in it, and how many are sent per second. */
export interface JudgedSpan {
  readonly warmup: number;
  readonly window: number;
  readonly rate: number;
}

/**
 * The places of blocks in a trace: pairs, one after the other, from the first judged request on and beyond the window's
 * end.
 */
export interface BlockLayout {
  /** Index of the first judged request. */
  readonly first: number;
  /** Requests of the judged window, and pairs of blocks in it. */
  readonly window: number;
  readonly pairs: number;
  /** Labels that vary together. */
  readonly groups: readonly (readonly string[])[];
}

/**
 * Every half and third of the window has whole pairs. Long blocks show more: the steps of an allocator are too large
 * for short ones.
 */
const PAIRS = 6;
/** This number of pairs can separate at most this many groups. More groups need twice as many pairs. */
const MOST_OF_FEW = 6;
/** Memory is read once per second, and a block needs several readings. */
const SHORTEST_BLOCK_SECONDS = 3;

/**
 * The blocks of a trace in which labels have these shares; null if there is nothing to separate, or not enough time.
 */
export function blockLayout(shares: readonly LabelShare[], { warmup, window, rate }: JudgedSpan): BlockLayout | null {
  const blockSeconds = (pairs: number): number => window / rate / (2 * pairs);
  if (blockSeconds(PAIRS) < SHORTEST_BLOCK_SECONDS) return null;
  const most = blockSeconds(2 * PAIRS) < SHORTEST_BLOCK_SECONDS ? MOST_OF_FEW : MOST_COLUMNS;
  const groups = groupLabels(shares, window / PAIRS, most);
  if (groups.length < 2) return null;
  const pairs = groups.length <= MOST_OF_FEW ? PAIRS : 2 * PAIRS;
  return { first: warmup, window, pairs, groups };
}

/** Index of the first request of a pair. */
export function pairStart({ first, window, pairs }: Omit<BlockLayout, 'groups'>, pair: number): number {
  return first + Math.floor((pair * window) / pairs);
}

/** Number of the group that each share belongs to. */
export function groupOf(shares: readonly LabelShare[], { groups }: Pick<BlockLayout, 'groups'>): number[] {
  return shares.map(({ label }) =>
    Math.max(
      0,
      groups.findIndex((labels) => labels.includes(label)),
    ),
  );
}
