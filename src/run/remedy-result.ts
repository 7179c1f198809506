import { applicationsOf, judgeRemedy, levelsOf, lostRequests } from '../remedy/index.js';
import type { ContainerEvent } from '../model/index.js';
import type { RemedyApplication, RemedyLatency, RemedySeries, RemedyTest } from '../results/index.js';
import { imagesOf } from './images-of.js';
import type { RemedyRecord } from './remedy-record.js';
import type { RemedyWish } from './remedy-wish.js';

/** What a test recorded. */
export interface TestedRemedy {
  readonly wish: RemedyWish;
  readonly startedAt: Date;
  /** Requests per second in the test. */
  readonly rate: number;
  readonly candidate: string;
  readonly treated: RemedyRecord;
  /** The candidate without the remedy; null if it did not run. */
  readonly untreated: RemedyRecord | null;
  /** Code of the error that ended the test early; null if it ran to its end. */
  readonly cutOff: string | null;
}

/** The daemon's event may come so much later than the answer to our call, seconds. */
const EVENT_SECONDS = 2;

/** The test as it is written down, with its judgement. */
export function remedyTestOf(tested: TestedRemedy): RemedyTest {
  const { wish, treated, untreated, rate } = tested;
  const { remedy, plan, computed, survive } = wish;
  const seriesIn = ({ readings, facts }: RemedyRecord): RemedySeries => {
    const containers = facts.filter(({ service }) => service === remedy.service).length;
    return levelsOf(readings, remedy.service, containers);
  };
  const series = { with: seriesIn(treated), without: untreated === null ? null : seriesIn(untreated) };
  const lost = lostOf(tested);
  const applications = applicationsOf({
    kind: remedy.kind,
    actions: treated.actions,
    series: series.with,
    events: treated.events.filter(({ service }) => service === remedy.service),
    every: plan.every,
    lost,
  });
  const evidence = {
    remedy,
    rate: { tested: rate, meant: computed.rate },
    every: { tested: plan.every, meant: wish.every },
    requestsBetween: { tested: plan.every * rate, meant: wish.every * computed.rate },
    survive,
    growth: computed.growth,
    limit: computed.limit,
    applications,
  };
  const { outcome, reasons, ...measured } = judgeRemedy({
    ...evidence,
    isSameImage: isFrom(wish.images, treated, remedy.service),
    ends: endsBeside(treated.events, remedy.service, applications),
    cutOff: tested.cutOff,
    highest: highestSince(series.with, applications[0]?.time ?? 0),
    without: series.without,
  });
  const { applications: _, ...stated } = evidence;
  return {
    startedAt: tested.startedAt.toISOString(),
    seconds: Math.round(treated.readings.at(-1)?.time ?? 0),
    candidate: tested.candidate,
    images: imagesOf(treated),
    ...stated,
    applications,
    ...measured,
    lost: lost === null ? null : lost.reduce((sum, one) => sum + one, 0),
    latency: { with: latencyOf(treated), without: latencyOf(untreated) },
    outcome,
    reasons,
    series,
  };
}

/** Whether every container of the service ran from one of these images; not if none is known. */
function isFrom(images: readonly string[], { facts }: RemedyRecord, service: string): boolean {
  const own = facts.filter((one) => one.service === service);
  return own.length > 0 && own.every(({ imageId }) => images.includes(imageId));
}

/** Requests lost by each application; null if a load did not end. */
function lostOf({ treated, untreated, rate }: TestedRemedy): readonly number[] | null {
  if (treated.replay === null || untreated?.replay === null) return null;
  const answers = { with: treated.replay.statuses, without: untreated?.replay.statuses ?? null, rate };
  return lostRequests(
    answers,
    treated.actions.map(({ sent }) => sent),
  );
}

function latencyOf(record: RemedyRecord | null): RemedyLatency | null {
  const latency = record?.replay?.latency ?? null;
  return latency === null ? null : { p50: latency.p50, p99: latency.p99, max: latency.max };
}

/** How often the service ended or ran out of memory when no application was in progress. */
function endsBeside(
  events: readonly ContainerEvent[],
  service: string,
  applications: readonly RemedyApplication[],
): number {
  const isPlanned = (at: number): boolean =>
    applications.some(({ time, seconds }) => at >= time && at <= time + seconds + EVENT_SECONDS);
  return events.filter(
    ({ kind, service: of, time }) =>
      of === service && (kind === 'oom-kill' || ((kind === 'exit' || kind === 'vanished') && !isPlanned(time))),
  ).length;
}

function highestSince({ time, bytes }: RemedySeries, since: number): number | null {
  const later = bytes.filter((_, i) => time[i]! >= since);
  return later.length === 0 ? null : Math.max(...later);
}
