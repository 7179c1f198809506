import type {
  LeftOutReplicate,
  MissingReplicate,
  SeriesFault,
  SeriesFaultFacts,
} from '../../results/statement/index.js';
import { setAsideReason } from '../host-load.js';
import { metricName } from '../metrics.js';
import { count, list, memory, plural } from '../numbers.js';
import { failureWords } from './failures.js';
import type { Sentences } from './sentences.js';

export const SERIES_FAULTS: Sentences<SeriesFaultFacts> = {
  'no-window': () => 'the judged window was not recorded',
  'process-ended': () => 'its process ended or was replaced during the trial',
  'not-measured': () => 'it was not measured',
  'container-not-measured': ({ service, container }) =>
    `container ${count(container)} of ${service} was not measured, and the others are not the whole service`,
  'few-readings': ({ readings, needed }) =>
    `only ${plural(readings, 'reading')} in the window (at least ${count(needed)} are needed)`,
  'nothing-answered': () => 'no request was answered in the window',
  'answers-fell': () => 'the count of answered requests went down, so it is not the count of one replay',
  'no-time': () => 'its readings span no time',
  'few-requests': ({ requests, needed }) =>
    `only ${plural(requests, 'request')} answered in the window (at least ${count(needed)} are needed)`,
  'short-coverage': ({ seconds, windowSeconds }) =>
    `readings for only ${count(seconds)} of the window's ${count(windowSeconds)} seconds`,
  'ends-early': ({ seconds, windowSeconds }) =>
    `its readings end ${count(seconds)} s before the window of ${count(windowSeconds)} s does`,
  'no-living-process': ({ metric, readings, lowest }) =>
    metric.endsWith('_bytes')
      ? `${plural(readings, 'reading')} of less memory than any process has (the lowest is ${count(lowest)} B)`
      : `${plural(readings, 'reading')} of fewer ${metricName(metric)} than any process has`,
  'memory-fell': ({ at, from, to }) =>
    `memory fell from ${memory(from)} to ${memory(to)} at once after ${count(at)} s, as if the process was replaced, ` +
    'and no event tells why',
  'answers-counted-otherwise': ({ counted, answered }) =>
    `the readings count ${plural(counted, 'answer')}, but the replay counted ${count(answered)}`,
  'no-overlap': ({ seconds, needed }) =>
    `the windows of the two versions overlap for only ${plural(seconds, 'second')} ` +
    `(at least ${count(needed)} are needed)`,
  'stood-still': () => 'no request was answered for a quarter of the window or more',
};

function faultWords({ code, facts }: SeriesFault): string {
  return (SERIES_FAULTS[code] as (facts: SeriesFault['facts']) => string)(facts);
}

/** `replicate 2, waf in the candidate: it was not measured` */
export function missingWords({ replicate, arm, services, fault }: MissingReplicate): string {
  const where = arm === null ? '' : `, ${services.join(' + ')} in the ${arm}`;
  return `replicate ${count(replicate)}${where}: ${faultWords(fault)}`;
}

/** `replicate 3: the candidate did not finish (“never healthy”)` */
export function leftOutWords({ replicate, trials }: LeftOutReplicate): string {
  const words = trials.map(({ arm, run, failure, setAside }) => {
    if (setAside !== undefined) return `the ${arm} was ${setAsideReason(setAside)}`;
    if (!run) return `the ${arm} was not run`;
    return `the ${arm} did not finish${failure === null ? '' : ` (“${failureWords(failure)}”)`}`;
  });
  return `replicate ${count(replicate)}: ${list(words)}`;
}
