import type { Exhaustion, FreeMemory, Result, WordedService } from '../results/index.js';
import { attributions } from './attribution.js';
import { ceilingOf } from './forecast.js';
import { loadOf } from './projection.js';

/** What keeps a service running until its growth is fixed, as numbers. Computed from the growth, not tested. */
export interface Remedies {
  readonly role: string;
  /** The service in the compose files of the candidate. */
  readonly service: string;
  /** Requests per second, and where this number comes from: ` at 75 requests/s (the rate of this test)`. */
  readonly rate: number;
  readonly loadWords: string;
  /** The upper end of the interval of the growth, bytes per request. */
  readonly growth: number;
  /** The level at the start of the judged window, and the one at which no memory is left and what sets it, bytes. */
  readonly start: number;
  readonly limit: { readonly bytes: number; readonly source: FreeMemory['source'] };
  /** Seconds until `share` of the free memory is used up, at the upper end of the interval of the growth. */
  readonly seconds: number;
  /** Share of the free memory that may be used before a restart, 0…1. */
  readonly share: number;
  /** Seconds between restarts: `seconds` rounded down to a time that a schedule can state; null below the shortest. */
  readonly restartEvery: number | null;
  /** Bytes at which no memory is left; null if only the host limits it. */
  readonly memoryLimit: number | null;
  /** Limits for the labels that grow, in the candidate. */
  readonly labels: readonly LabelLimit[];
}

export interface LabelLimit {
  readonly exhaustion: Exhaustion;
  /** The fixed beginnings of the paths of these labels; a proxy can limit requests by them. */
  readonly paths: readonly string[];
}

/** A service is restarted before this share of its free memory is used: traffic varies. */
const USED_SHARE = 0.5;
const MINUTE = 60;
const HOUR = 3600;
/** Times that divide an hour or a day: cron can state them. */
const SCHEDULES = [5, 10, 15, 20, 30].map((minutes) => minutes * MINUTE);
const HOURLY = [1, 2, 3, 4, 6, 8, 12, 24].map((hours) => hours * HOUR);

/**
 * For each service whose memory fails. Empty if the run is not a FAIL, or no memory of a service fails.
 * @example remediesOf(result)[0]?.restartEvery
 */
export function remediesOf(result: Result): readonly Remedies[] {
  const { outcome, assessment } = result.verdict;
  if (outcome !== 'fail') return [];
  return assessment.services
    .filter((one) => one.judged && one.outcome === 'fail' && one.metric.endsWith('_bytes'))
    .flatMap((service) => remediesOfService(result, service));
}

function remediesOfService(result: Result, service: WordedService): readonly Remedies[] {
  const growth = service.growth.candidate?.upper ?? 0;
  const known = ceilingOf(service);
  const name = service.services.candidate[0];
  if (growth <= 0 || known === null || name === undefined) return [];
  const { rate, words } = loadOf(result);
  // After a restart memory begins where the judged window began.
  const start = service.levels.candidate?.start ?? 0;
  const seconds = (USED_SHARE * (known.ceiling - start)) / (growth * rate);
  return [
    {
      role: service.role,
      service: name,
      rate,
      loadWords: words,
      growth,
      start,
      limit: { bytes: known.ceiling, source: known.source },
      seconds,
      share: USED_SHARE,
      restartEvery: [...SCHEDULES, ...HOURLY].findLast((one) => one <= seconds) ?? null,
      memoryLimit: known.source === 'host' ? null : known.ceiling,
      labels: labelLimits(result, service.role),
    },
  ];
}

function labelLimits(result: Result, role: string): readonly LabelLimit[] {
  const { mix } = result.manifest.scenario.traffic;
  return attributions(result)
    .filter((one) => one.role === role)
    .flatMap(({ exhaustion }) => exhaustion.filter(({ arm }) => arm === 'candidate'))
    .map((exhaustion) => {
      const paths = mix.filter(({ label }) => exhaustion.labels.includes(label)).map(({ path }) => fixedPart(path));
      return { exhaustion, paths: [...new Set(paths)] };
    });
}

/** The path up to its first placeholder or query. */
const fixedPart = (path: string): string => path.split(/[{?#]/)[0] ?? '';
