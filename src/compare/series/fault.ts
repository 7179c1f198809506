import { SlopegateError } from '../../model/index.js';
import { FEWEST_ROWS, type RecordedSeries } from './recorded-series.js';

/** Something in a series that no judgement may be built on, and the row where it shows. */
export interface Fault {
  readonly row: number;
  readonly column: 'time' | 'requests';
  readonly message: string;
  readonly hint: string;
}

/** The first thing wrong with a series' time or requests; null where it can be judged. */
export function faultOf({ time, requests, values }: RecordedSeries): Fault | null {
  const uneven = Object.entries({ ...values, ...(requests ? { requests } : {}) }).find(
    ([, column]) => column.length !== time.length,
  );
  if (uneven !== undefined)
    return {
      row: 0,
      column: 'time',
      message: `${uneven[1].length} values of ${uneven[0]} for ${time.length} times`,
      hint: 'every column has one value a reading; NaN where it is missing',
    };
  if (time.length < FEWEST_ROWS) {
    return {
      row: time.length - 1,
      column: 'time',
      message: `only ${time.length} readings; at least ${FEWEST_ROWS} are needed`,
      hint: 'record for longer or more often: one reading a second over five minutes is a good start',
    };
  }
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
        hint: 'one file holds one run, in the order it was recorded; sort it, or split it at the restart',
      };
    const count = requests?.[row] ?? Number.NaN;
    if (count < answered)
      return {
        row,
        column: 'requests',
        message: `requests fall from ${answered} to ${count}`,
        hint: 'a counter that falls was reset: the service restarted, and memory started anew with it; keep the rows of one process life',
      };
    if (Number.isFinite(count)) answered = count;
  }
  return null;
}

export function seriesError(message: string, location: string, hint?: string): SlopegateError {
  return new SlopegateError('SERIES_INVALID', message, { location, ...(hint === undefined ? {} : { hint }) });
}
