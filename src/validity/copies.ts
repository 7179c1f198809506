import type { Finding, Recording, ServiceSeries, TrialRecording, ValidityCheck } from '../model/index.js';

/** Fewer readings than this may be equal by chance. */
const FEWEST_READINGS = 30;
/** So many different steps of the two counters together are not taken twice in the same order by chance. */
const FEWEST_STEPS = 10;

/**
 * That no two trials are copies of each other. Two runs of the same thing are never equal in what cannot be equal by
 * chance: the moments at which their phases begin and end, to the last digit, and the readings of all services with
 * the answers counted at each. Series that are flat to the byte, or short, may be equal and are not taken for copies.
 */
export function copiesCheck(recording: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  if (recording.manifest.trace === null || trials.length < 2) return [];
  const name = 'trials-independent';
  const copy = copiesAmong(trials).find((pair) => voids(recording, pair));
  if (copy !== undefined) return [{ name, ok: false, said: { code: 'trials-copied', facts: { trials: idsOf(copy) } } }];
  return [{ name, ok: true, said: { code: 'trials-independent', facts: { trials: trials.length } } }];
}

/** Copies that do not void a recording, each as a warning. */
export function alikeTrials(recording: Recording, trials: readonly TrialRecording[]): Finding[] {
  if (recording.manifest.trace === null) return [];
  const copies = copiesAmong(trials).filter((pair) => !voids(recording, pair));
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

type Pair = readonly [TrialRecording, TrialRecording];

/**
 * A recording without a seal (schema 1) may have been put together from trials of several runs, with one trial on both
 * sides. Its replicates are told apart all the same, so that is a warning. Two replicates with one trial of the same
 * version, or one trial for both versions of a pair, are no comparison. A sealed recording has no copies at all.
 */
function voids({ integrity }: Recording, [one, other]: Pair): boolean {
  const apart = one.trial.arm !== other.trial.arm && one.trial.replicate !== other.trial.replicate;
  return integrity?.sealed !== false || !apart;
}

const idsOf = ([one, other]: Pair): readonly [string, string] => [one.trial.id, other.trial.id];

/** Every trial with the first one before it that holds the same measurements. */
function copiesAmong(trials: readonly TrialRecording[]): Pair[] {
  return [momentsOf, readingsOf].flatMap((print) => {
    const seen: { readonly mark: string; readonly trial: TrialRecording }[] = [];
    return trials.flatMap((trial): Pair[] => {
      const mark = print(trial);
      if (mark === null) return [];
      const copies = seen.filter((before) => before.mark === mark).map((before): Pair => [before.trial, trial]);
      seen.push({ mark, trial });
      return copies;
    });
  });
}

/** The moments of the phases, where they have more digits than anybody would choose. */
function momentsOf({ phases }: TrialRecording): string | null {
  const moments = phases.flatMap(({ from, to }) => [from.time, to.time]);
  const exact = moments.filter((moment) => Math.abs(moment * 1000 - Math.round(moment * 1000)) > 1e-6);
  return exact.length < 2 ? null : JSON.stringify(moments);
}

function readingsOf({ services }: TrialRecording): string | null {
  if (services.length === 0 || services.some(({ time }) => time.length < FEWEST_READINGS)) return null;
  if (services.every((series) => stepsOf(series) < FEWEST_STEPS)) return null;
  return JSON.stringify(
    services.map(({ service, time, requests, minimum }) => [
      service,
      [...time],
      [...requests],
      Object.entries(minimum).map(([metric, column]) => [metric, [...column]]),
    ]),
  );
}

/** How many different steps the answers take, and how many each metric takes: a ruler has one. */
function stepsOf({ requests, minimum }: ServiceSeries): number {
  const steps = (values: ArrayLike<number>): number =>
    new Set(Array.from({ length: values.length - 1 }, (_, i) => (values[i + 1] as number) - (values[i] as number)))
      .size;
  return steps(requests) + Math.max(0, ...Object.values(minimum).map(steps));
}
