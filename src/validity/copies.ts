import type { Recording, SeriesColumn, ServiceSeries, TrialRecording } from '../model/index.js';
import type { CheckStatement, Finding, ValidityCheck } from '../results/index.js';

/** Fewer equal readings than this may be equal by chance. */
const FEWEST_READINGS = 30;
/** In a copy, at least this share of the readings is equal. So a copy with a few changed readings is also found. */
const EQUAL_SHARE = 0.9;
/** This many different steps of memory do not come in the same order twice by chance. */
const FEWEST_STEPS = 10;
/** This many exactly equal times are not equal by chance. */
const FEWEST_MOMENTS = 2;
/** Times with fewer digits than this, in seconds, may be equal by chance. */
const CHOSEN_DIGITS = 1e-3;

/**
 * Checks that no two trials of a run are copies of each other, and no service is a copy of another. Two runs of the
 * same thing always differ in two things: times that were measured to the last digit, and memory that takes many
 * different steps. The number of requests answered by each second does not count, because both have the same schedule.
 * Memory that is flat, rounded or changes in equal steps may be equal by chance and does not count as a copy.
 */
export function copiesCheck(recording: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  const judged = judgedOf(recording, trials);
  if (judged === null) return [];
  const name = 'trials-independent';
  const [copy] = copiesAmong(judged).filter((pair) => voids(recording, pair));
  const said = copy === undefined ? copiedService(judged) : copiedTrial(copy);
  return said === null
    ? [{ name, ok: true, said: { code: 'trials-independent', facts: { trials: trials.length } } }]
    : [{ name, ok: false, said }];
}

/** Copies that do not make a recording invalid, as one warning. */
export function alikeTrials(recording: Recording, trials: readonly TrialRecording[]): Finding[] {
  const copies = copiesAmong(judgedOf(recording, trials) ?? []).filter((pair) => !voids(recording, pair));
  return copies.slice(0, 1).map((pair) => ({
    kind: 'trials-alike',
    severity: 'warn',
    service: null,
    arm: null,
    said: { code: 'trials-alike', facts: { trials: idsOf(pair) } },
    value: copies.length,
    threshold: 0,
    unit: 'copies',
  }));
}

/**
 * Whether two runs have a trial in common: one is a copy of the other, or a part of it. Measured times and memory tell,
 * as in `copiesCheck`.
 * @example shareATrial(merged, part) // true
 */
export function shareATrial(one: Recording, other: Recording): boolean {
  const own = judgedOf(one, one.trials) ?? [];
  return (judgedOf(other, other.trials) ?? []).some((trial) => own.some((mine) => isCopyOf(mine, trial)));
}

type Pair = readonly [TrialRecording, TrialRecording];

/**
 * A recording without a seal (schema 1) may have been put together from several runs of one version, with one trial
 * used on both arms. Its replicates are still different, so this is a warning. Two replicates with one trial of the
 * same version, or one trial for both versions of a pair, are not a comparison. A sealed recording has no copies at
 * all.
 */
function voids({ integrity }: Recording, [one, other]: Pair): boolean {
  const apart = one.trial.arm !== other.trial.arm && one.trial.replicate !== other.trial.replicate;
  return integrity?.sealed !== false || !apart;
}

/** The trials of a run with their judged services; null if copies cannot be found. */
function judgedOf({ manifest }: Recording, trials: readonly TrialRecording[]): TrialRecording[] | null {
  if (manifest.trace === null || trials.length === 0) return null;
  const { unjudged } = manifest.scenario.stack;
  return trials.map((trial) => ({
    ...trial,
    services: trial.services.filter(({ service, role }) => !unjudged.includes(service) && !unjudged.includes(role)),
  }));
}

const idsOf = ([one, other]: Pair): readonly [string, string] => [one.trial.id, other.trial.id];

const copiedTrial = (copy: Pair): CheckStatement => ({ code: 'trials-copied', facts: { trials: idsOf(copy) } });

/** All pairs of trials of which one is a copy of the other. */
function copiesAmong(trials: readonly TrialRecording[]): Pair[] {
  return trials.flatMap((other, index) =>
    trials
      .slice(0, index)
      .filter((one) => isCopyOf(one, other))
      .map((one): Pair => [one, other]),
  );
}

const isCopyOf = (one: TrialRecording, other: TrialRecording): boolean =>
  sharedBy(momentsOf(one), momentsOf(other)) >= FEWEST_MOMENTS || holdsACopy(one, other);

/** The readings of one service under two names, in one trial. */
function copiedService(trials: readonly TrialRecording[]): CheckStatement | null {
  for (const { trial, services } of trials)
    for (const [index, other] of services.entries()) {
      const one = services.slice(0, index).find((before) => areCopies(before, other));
      if (one !== undefined)
        return { code: 'services-copied', facts: { trial: trial.id, services: [one.service, other.service] } };
    }
  return null;
}

/** The times of a trial's phases and its replay that have more digits than a person would choose. */
function momentsOf({ phases, replay }: TrialRecording): ReadonlySet<number> {
  const times = [
    ...phases.flatMap(({ from, to }) => [from.time, to.time]),
    ...(replay === null ? [] : [replay.seconds]),
  ];
  return new Set(times.filter((time) => Math.abs(time / CHOSEN_DIGITS - Math.round(time / CHOSEN_DIGITS)) > 1e-6));
}

const sharedBy = (one: ReadonlySet<number>, other: ReadonlySet<number>): number =>
  [...one].filter((time) => other.has(time)).length;

/** Whether a service has the same readings in both trials. */
function holdsACopy(one: TrialRecording, other: TrialRecording): boolean {
  return one.services.some((series) => {
    const twin = other.services.find(({ service }) => service === series.service);
    return twin !== undefined && areCopies(series, twin);
  });
}

function areCopies(one: ServiceSeries, other: ServiceSeries): boolean {
  const shorter = Math.min(one.time.length, other.time.length);
  const memory = memoryOf(one).flatMap(([metric, column]) => {
    const twin = other.minimum[metric];
    return twin === undefined ? [] : [[column, twin] as const];
  });
  if (shorter < FEWEST_READINGS || memory.length === 0) return false;
  const mostUnequal = (1 - EQUAL_SHARE) * shorter;
  const equal: number[] = [];
  let [a, b, unequal] = [0, 0, 0];
  while (a < one.time.length && b < other.time.length && unequal <= mostUnequal) {
    const apart = (one.time[a] as number) - (other.time[b] as number);
    const same =
      apart === 0 &&
      one.requests[a] === other.requests[b] &&
      memory.every(([column, twin]) => Object.is(column[a], twin[b]));
    if (same) equal.push(a);
    else unequal += 1;
    if (apart <= 0) a += 1;
    if (apart >= 0) b += 1;
  }
  return (
    unequal <= mostUnequal &&
    equal.length >= FEWEST_READINGS &&
    memory.some(([column]) => stepsOf(column, equal) >= FEWEST_STEPS)
  );
}

const memoryOf = ({ minimum }: ServiceSeries): readonly (readonly [keyof ServiceSeries['minimum'], SeriesColumn])[] =>
  (Object.entries(minimum) as [keyof ServiceSeries['minimum'], SeriesColumn][]).filter(([metric]) =>
    metric.endsWith('_bytes'),
  );

/** Number of different steps of a column between the readings at these indices. */
function stepsOf(column: SeriesColumn, places: readonly number[]): number {
  const steps = new Set<number>();
  for (let i = 1; i < places.length; i += 1)
    steps.add((column[places[i] as number] as number) - (column[places[i - 1] as number] as number));
  return steps.size;
}
