import { at } from '../../../src/statistics/numbers.js';
import { fitLine } from '../../../src/statistics/estimators/ols.js';
import { byMajority, LIMIT, type PeerPair } from './rule.js';

const LEVEL_SHARE = 0.8;
/** 100 KiB a minute. */
const SLOPE_PER_SECOND = (100 * 1024) / 60;
/** 51.2 KiB per 1,000 requests. */
const FIRST_LAST_PER_REQUEST = 51.2;

/** Prometheus' predict_linear over the whole window: the line's value so many seconds after its last sample. */
function predicted({ candidate }: PeerPair, seconds: number): number {
  const { slope, centre } = fitLine(candidate.time, candidate.y);
  return centre.y + slope * (at(candidate.time, candidate.time.length - 1) + seconds - centre.x);
}

function firstToLast({ candidate: { x, y } }: PeerPair): number {
  const last = x.length - 1;
  return (at(y, last) - at(y, 0)) / (at(x, last) - at(x, 0));
}

export const THRESHOLD_RULES = [
  byMajority(
    '80 % of the limit (1 GiB)',
    ({ candidate }) => Math.max(...Array.from(candidate.y)) > LEVEL_SHARE * LIMIT,
  ),
  byMajority('predict_linear 4 h to the limit', (pair) => predicted(pair, 4 * 3600) > LIMIT),
  byMajority('predict_linear 24 h to the limit', (pair) => predicted(pair, 24 * 3600) > LIMIT),
  byMajority(
    'candidate slope > 100 KiB/min',
    ({ candidate }) => fitLine(candidate.time, candidate.y).slope > SLOPE_PER_SECOND,
  ),
  byMajority('first-versus-last > 51.2 KiB/1000 requests', (pair) => firstToLast(pair) > FIRST_LAST_PER_REQUEST),
];
