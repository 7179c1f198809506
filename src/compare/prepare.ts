import { ARMS, SlopegateError, type ArmName, type Restart, type SeriesNote } from '../model/index.js';
import { COUNTS, faultOf, orderFault, tooFewFault, type RecordedRun, type RecordedSeries } from '../series/index.js';
import { agreeOnServices } from './agree-on-services.js';
import { inBytes, renamed } from './byte-columns.js';
import { chooseMetric } from './choose-metric.js';
import type { CompareOptions, Replicate } from './compare-options.js';
import { withoutCopies } from './copies.js';
import { countsRareEvents, evenReadings } from './even-readings.js';
import { withoutImplausible } from './implausible.js';
import { countedRequests } from './load-span.js';
import { restartsIn } from './restarts.js';
import { fromZero, type Replicates } from './to-recording.js';
import { unbrokenPart } from './unbroken.js';
import { refuseWithoutLoad } from './without-load.js';

/** Replicates in the form that is judged, and notes about the changes. */
export interface Prepared {
  readonly replicates: Replicates;
  /** The metric that decides, with a name that means bytes. */
  readonly metric: string;
  /** Whether every recording counted requests. */
  readonly counted: boolean;
  /** Whether the counts are of events rarer than readings. */
  readonly rareEvents: boolean;
  /** What looks like a restart in each recording: first those of the baseline, then those of the candidate. */
  readonly restarts: readonly (readonly Restart[])[];
  readonly notes: readonly SeriesNote[];
  readonly warnings: readonly SeriesNote[];
}

/**
 * Converts recordings to the form that is judged: matching services, no copies, one metric in bytes, impossible
 * readings as missing, no holes, at most one reading per second.
 * @throws SlopegateError SERIES_INVALID if they cannot be judged
 */
export function prepare(arms: Readonly<Record<ArmName, readonly Replicate[]>>, options: CompareOptions): Prepared {
  const given = ARMS.flatMap((arm) => arms[arm].map((one, n) => asRun(one, arm, n)));
  const services = agreeOnServices(given, options.service ?? null);
  const half = services.runs.length / 2;
  const copies = withoutCopies(services.runs.slice(0, half), services.runs.slice(half));
  const runs = ARMS.flatMap((arm) => copies.arms[arm]);
  const { metric, notes } = chooseMetric(runs, options.metric ?? null);
  const deciding = metric.endsWith('_bytes') || COUNTS.has(metric) ? metric : `${metric}_bytes`;
  const warnings = [...services.warnings, ...copies.warnings];
  const whole = runs.map((run) => {
    const cleaned = withoutImplausible(renamed(run, metric, deciding), deciding);
    const part = unbrokenPart(fromZero(cleaned.run), deciding);
    warnings.push(...cleaned.warnings, ...part.warnings);
    return part.run;
  });
  refuseWithoutLoad(whole);
  const counted = whole.every((run) => run.services.every((series) => countedRequests(series) !== null));
  const rareEvents = counted && whole.every((run) => run.services.every(countsRareEvents));
  const even = whole.map((run) => ({
    ...run,
    services: run.services.map((series) => evenReadings(counted ? series : { ...series, requests: null }, rareEvents)),
  }));
  return {
    replicates: { baseline: even.slice(0, even.length / 2), candidate: even.slice(even.length / 2) },
    metric: deciding,
    counted,
    rareEvents,
    restarts: whole.map((run) => (COUNTS.has(deciding) ? [] : restartsIn(run, deciding))),
    notes: [...services.notes, ...notes],
    warnings,
  };
}

function asRun(one: Replicate, arm: ArmName, index: number): RecordedRun {
  if ('source' in one) {
    for (const series of one.services)
      refuse(one.services.length === 1 ? (tooFewFault(series) ?? orderFault(series)) : orderFault(series), one.source);
    return inBytes(one);
  }
  const services = Array.isArray(one) ? (one as readonly RecordedSeries[]) : [one as RecordedSeries];
  const source = `${arm} ${index + 1}`;
  for (const series of services) refuse(faultOf(series), source);
  if (services.length === 0)
    throw new SlopegateError('SERIES_INVALID', 'a replicate without series', { location: source });
  return inBytes({ source, services });
}

function refuse(fault: ReturnType<typeof faultOf>, source: string): void {
  if (fault !== null)
    throw new SlopegateError('SERIES_INVALID', fault.message, {
      location: `${source}, row ${fault.row + 1}`,
      hint: fault.hint,
    });
}
