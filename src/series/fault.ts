import { SlopegateError } from '../model/index.js';
import { FEWEST_JUDGED } from '../statistics/method.js';
import type { RecordedSeries } from './recorded-series.js';

/** A fault in a series that makes a judgement impossible, and the row in which it is visible. */
export interface Fault {
  readonly row: number;
  readonly column: 'time' | 'requests';
  readonly message: string;
  readonly hint: string;
}

/** A count that falls in more than this share of its steps is not a count. It is most likely a rate. */
const FALLS_OF_A_RATE = 0.05;

/** The first fault in a series' time or requests; null if it can be judged. */
export function faultOf(series: RecordedSeries): Fault | null {
  return unevenFault(series) ?? tooFewFault(series) ?? orderFault(series);
}

/** Columns of different lengths do not belong to the same readings. */
function unevenFault({ time, requests, values }: RecordedSeries): Fault | null {
  const uneven = Object.entries({ ...values, ...(requests ? { requests } : {}) }).find(
    ([, column]) => column.length !== time.length,
  );
  if (uneven === undefined) return null;
  return {
    row: 0,
    column: 'time',
    message: `${uneven[1].length} values of ${uneven[0]} for ${time.length} times`,
    hint: 'every column has one value for each reading; NaN if it is missing',
  };
}

/** Too few readings for a slope. Says how many would be enough at the same pace. */
export function tooFewFault({ time }: RecordedSeries): Fault | null {
  const count = time.length;
  if (count >= FEWEST_JUDGED) return null;
  const seconds = (time[count - 1] ?? 0) - (time[0] ?? 0);
  const pace = count > 1 && seconds > 0 ? seconds / (count - 1) : null;
  const enough =
    pace === null
      ? 'one reading a second over five minutes is a good start'
      : `one reading every ${round(pace)} s needs ${round(pace * FEWEST_JUDGED)} s of load, after the warm-up; ` +
        `or read more often`;
  return {
    row: count - 1,
    column: 'time',
    message:
      `only ${count} readings${pace === null ? '' : ` in ${round(seconds)} s`}; at least ${FEWEST_JUDGED} are ` +
      `needed to tell growth from noise`,
    hint: `record for longer or more often: ${enough}`,
  };
}

/** A missing time, a time that goes backwards, or a count of requests that falls. */
export function orderFault({ time, requests }: RecordedSeries): Fault | null {
  let answered = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < time.length; row += 1) {
    const now = time[row] as number;
    if (!Number.isFinite(now))
      return { row, column: 'time', message: 'the time is missing', hint: 'every row needs its time, in seconds' };
    const before = time[row - 1] ?? now;
    if (now < before)
      return {
        row,
        column: 'time',
        message: `time goes backwards, from ${before} to ${now}`,
        hint: 'one file has one run, in the order it was recorded; split the file where the second run begins',
      };
    const count = requests?.[row] ?? Number.NaN;
    if (count < answered) return rateFault(requests ?? [], row, count) ?? resetFault(row, answered, count);
    if (Number.isFinite(count)) answered = count;
  }
  return null;
}

function resetFault(row: number, from: number, to: number): Fault {
  return {
    row,
    column: 'requests',
    message: `requests fall from ${from} to ${to}`,
    hint:
      'a counter that falls was reset: the service restarted, and its memory too; keep the rows of ' +
      'one process only',
  };
}

/** A count that falls often is most likely requests per second. */
function rateFault(requests: ArrayLike<number>, row: number, to: number): Fault | null {
  const known = Array.from(requests).filter(Number.isFinite);
  const falls = known.filter((value, n) => value < (known[n - 1] ?? value)).length;
  if (falls < 2 || falls <= FALLS_OF_A_RATE * known.length) return null;
  const mean = known.reduce((sum, value) => sum + value, 0) / known.length;
  return {
    row,
    column: 'requests',
    message:
      `requests fall ${falls} times, here to ${to}: this is not a count of all requests so far; it looks like ` +
      `requests per second`,
    hint:
      `if it is requests per second, name the column with --rate-column; or use --requests-column none ` +
      `and give the rate: --rate ${round(mean)}/s`,
  };
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

export function seriesError(message: string, location: string, hint?: string): SlopegateError {
  return new SlopegateError('SERIES_INVALID', message, { location, ...(hint === undefined ? {} : { hint }) });
}
