import { wordsOf } from './names.js';
import { namedUnit } from './units.js';

const TIME_NAMES = (
  'time_s time seconds elapsed_s timestamp t ts elapsed elapsed_time time_sec elapsed_seconds elapsed_sec epoch unix ' +
  'unixtime datetime date_time date sec secs uptime_s uptime clock when read at time_ms timestamp_ms ts_ms ' +
  'elapsed_ms ms ' +
  'time_us timestamp_us time_ns timestamp_ns epoch_s epoch_ms unix_time unix_ms time_stamp timestamp_s timestamp_utc ' +
  'time_utc local_time wall_time second recorded_at created_at'
).split(' ');
const SECONDS: ReadonlyMap<string, number> = new Map(
  [
    { seconds: 1, names: ['s', 'sec', 'secs', 'second', 'seconds'] },
    { seconds: 1e-3, names: ['ms', 'msec', 'millis', 'milliseconds'] },
    { seconds: 1e-6, names: ['us', 'usec', 'micros', 'microseconds'] },
    { seconds: 1e-9, names: ['ns', 'nsec', 'nanos', 'nanoseconds'] },
    { seconds: 60, names: ['min', 'minutes'] },
  ].flatMap(({ seconds, names }) => names.map((name) => [name, seconds] as const)),
);

/** How clearly a name means the time, 0 for the clearest; null for any other name. */
export function timeRank(name: string): number | null {
  const rank = TIME_NAMES.indexOf(wordsOf(name).join('_'));
  return rank < 0 ? null : rank;
}

/** Seconds per unit of a time column, if its name contains the unit. */
export function secondsOfName(name: string): number | null {
  return SECONDS.get(wordsOf(name).at(-1) ?? '') ?? null;
}

/** Seconds in a stated unit of time: `ms`. */
export function secondsOfUnit(unit: string): number | null {
  return SECONDS.get(unit.toLowerCase()) ?? null;
}

const REQUEST_WORDS = new Set(['requests', 'request', 'reqs', 'req', 'answered', 'hits']);
/** If a name contains one of these words, it counts something other than all requests so far. */
const NOT_ALL_SO_FAR = new Set(
  (
    'per second s sec rate duration seconds bytes size flight inflight active pending current failed failure ' +
    'failures ' +
    'error errors latency memory mem cpu resource limit limits blocked denied dropped queue queued time ms avg mean ' +
    'percent bucket window last max min concurrent open mib mb kb id path method body'
  ).split(' '),
);
/** The count of a histogram of durations counts requests. */
const HISTOGRAM_COUNT = /(?:^|_)requests?_(?:duration_)?(?:seconds|milliseconds|ms)_count$/;

const RATES = /^(?:rps|qps|tps|hits_per_second|(?:reqs?|requests?)_(?:s|rate|per_s(?:ec(?:ond)?)?))$/;

/** Whether a name means a count of requests: `requests`, `http_requests_total`, `requests_sent`. */
export function countsRequests(name: string): boolean {
  const words = wordsOf(name);
  return (
    HISTOGRAM_COUNT.test(words.join('_')) ||
    (words.some((word) => REQUEST_WORDS.has(word)) && !words.some((word) => NOT_ALL_SO_FAR.has(word)))
  );
}

/** Whether a name means requests per second. */
export function ratesRequests(name: string): boolean {
  return RATES.test(wordsOf(name).join('_'));
}

const SERVICE_NAMES = (
  'service container_label_com_docker_compose_service com_docker_compose_service compose_service container_name ' +
  'container ' +
  'name app service_name pod pod_name process process_name role component series target command comm cmd host ' +
  'hostname ' +
  'instance job container_id id pid'
).split(' ');

/** How clearly a name means the names of services, 0 for the clearest; null for any other name. */
export function serviceRank(name: string): number | null {
  const rank = SERVICE_NAMES.indexOf(wordsOf(namedUnit(name).base).join('_'));
  return rank < 0 ? null : rank;
}
