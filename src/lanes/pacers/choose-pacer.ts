import type { Schedule, Trace } from '../../model/index.js';
import { constantPacer } from './constant.js';
import type { Pacer } from './pacer.js';
import { poissonPacer } from './poisson.js';
import { rampPacer } from './ramp.js';
import { recordedPacer } from './recorded.js';

/** The pacer of a schedule; null for "as fast as the target answers". Rate in requests per second. */
export function pacerFor(schedule: Schedule, rate: number | null, trace: Trace): Pacer | null {
  const count = trace.length;
  if (schedule.kind === 'recorded') return recordedPacer(schedule.speed, trace);
  if (rate === null) return null;
  switch (schedule.kind) {
    case 'bursts': // the job says when it wants them: the search for a rate does not
    case 'constant':
      return constantPacer(rate, count);
    case 'poisson':
      return poissonPacer(rate, count, trace.seed);
    case 'ramp':
      break;
  }
  return rampPacer(schedule.from * rate, rate, count);
}
