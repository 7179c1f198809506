import type { Recording, ServiceSeries, TrialRecording, ValidityCheck } from '../../model/index.js';

/** Fewer readings than this may be equal by chance. */
const FEWEST_READINGS = 30;
/** So many different steps of the two counters together are not taken twice in the same order by chance. */
const FEWEST_STEPS = 10;

/**
 * That no two trials are copies of each other. Two runs of the same thing are never equal in what cannot be equal by
 * chance: the moments at which their phases begin and end, to the last digit, and the readings of all services with
 * the answers counted at each. Series that are flat to the byte, or short, may be equal and are not taken for copies.
 */
export function copiesCheck({ manifest }: Recording, trials: readonly TrialRecording[]): ValidityCheck[] {
  if (manifest.trace === null || trials.length < 2) return [];
  const name = 'trials-independent';
  for (const print of [momentsOf, readingsOf]) {
    const seen = new Map<string, string>();
    for (const trial of trials) {
      const mark = print(trial);
      if (mark === null) continue;
      const before = seen.get(mark);
      if (before !== undefined)
        return [{ name, ok: false, said: { code: 'trials-copied', facts: { trials: [before, trial.trial.id] } } }];
      seen.set(mark, trial.trial.id);
    }
  }
  return [{ name, ok: true, said: { code: 'trials-independent', facts: { trials: trials.length } } }];
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
