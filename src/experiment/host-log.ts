import { meanLoad, type HostLoad } from '../model/index.js';
import type { TrialRun } from './trial-run.js';

/** Seconds between two requests to the host. */
const EVERY_SECONDS = 5;

/** Writes down how busy the host is while a trial runs. */
interface HostLog {
  /** Called repeatedly. Asks the host when it is time, and does not wait for the answer. */
  look(elapsed: number): void;
  /** Asks for the last time. @returns the mean load since the log was opened */
  finish(elapsed: number): Promise<HostLoad>;
}

export async function openHostLog({ experiment, trial }: Pick<TrialRun, 'experiment' | 'trial'>, began: number) {
  const { host, journal } = experiment;
  const meter = await host.open(trial.arm);
  for (const note of meter.notes) journal.note(note);
  let mean: HostLoad & { readonly seconds: number } = { ...meanLoad([]), seconds: 0 };
  let before = began;
  let pending: Promise<void> | null = null;
  const ask = async (elapsed: number): Promise<void> => {
    const load = await meter.sample();
    const sample = { time: elapsed, seconds: elapsed - before, ...load };
    before = elapsed;
    journal.host(trial.id, sample);
    mean = { ...meanLoad([mean, sample]), seconds: mean.seconds + sample.seconds };
  };
  return {
    look: (elapsed) => {
      if (pending !== null || elapsed - before < EVERY_SECONDS) return;
      pending = ask(elapsed).finally(() => (pending = null));
      // If a host cannot be asked any more, its samples are missing, and that is visible.
      pending.catch(() => {});
    },
    finish: async (elapsed) => {
      await pending?.catch(() => {});
      if (elapsed > before) await ask(elapsed);
      return meanLoad([mean]);
    },
  } satisfies HostLog;
}
