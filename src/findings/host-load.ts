import { meanLoad, type Recording, type TrialRecording } from '../model/index.js';
import type { Finding } from '../results/index.js';
import { infoFinding } from './severity.js';

/** The report mentions the host if a share of the time is above these. */
const MUCH_WAITING = 0.25;
const MUCH_STOLEN = 0.02;

/** How busy the host was during the trials that count, if it was busy. */
function hostLoad(trials: readonly TrialRecording[]): Finding[] {
  const asked = trials.flatMap(({ trial, host = [], complete }) =>
    host.length === 0 || !complete ? [] : [{ trial: trial.id, seconds: lengthOf(host), load: meanLoad(host) }],
  );
  const mean = meanLoad(asked.map(({ seconds, load }) => ({ seconds, ...load })));
  const waited = Math.max(mean.cpu ?? 0, mean.memory ?? 0, mean.io ?? 0);
  if (waited < MUCH_WAITING && (mean.stolen ?? 0) < MUCH_STOLEN) return [];
  return [
    infoFinding('host-busy', {
      service: null,
      arm: null,
      said: { code: 'host-busy', facts: { load: mean } },
      value: waited,
      threshold: MUCH_WAITING,
      unit: 'share',
    }),
  ];
}

const lengthOf = (samples: readonly { readonly seconds: number }[]): number =>
  samples.reduce((sum, { seconds }) => sum + seconds, 0);

/** Pairs that the host disturbed and that were repeated. */
function setAside(trials: readonly TrialRecording[]): Finding[] {
  const disturbed = trials.flatMap(({ trial, setAside: why }) =>
    why?.code === 'disturbed' ? [{ trial: trial.id, lateness: why.lateness, host: why.host }] : [],
  );
  if (disturbed.length === 0) return [];
  return [
    infoFinding('pairs-set-aside', {
      service: null,
      arm: null,
      said: { code: 'pairs-set-aside', facts: { trials: disturbed } },
      value: disturbed.length / 2,
      threshold: null,
      unit: 'pairs',
    }),
  ];
}

/** What the report says about the host during the trials. */
export function hostFindings({ trials }: Pick<Recording, 'trials'>): Finding[] {
  return [...setAside(trials), ...hostLoad(trials)];
}
