import type { ArmName, Scenario } from '../model/index.js';
import { parseScenario } from '../scenario/index.js';

/** The smallest scenario that the format accepts. It gets the defaults of every scenario. */
const DEFAULTS = `
slopegate: 1
name: recorded-series
arms:
  baseline: { label: baseline, compose: none }
  candidate: { label: candidate, compose: none }
stack: { entry: "recorded:1" }
traffic: { mix: [{ label: recorded, request: GET / }] }
`;

export interface RecordedSettings {
  /** Title of the reports; null for the usual one. */
  readonly name: string | null;
  readonly labels: Readonly<Record<ArmName, string>>;
  readonly replicates: number;
  readonly warmupSeconds: number;
  readonly windowSeconds: number;
  /** Requests per second, as recorded or as assumed. */
  readonly rate: number;
  /** Null for the default of every scenario. */
  readonly marginBytesPerRequest: number | null;
}

/** A scenario for series that another tool recorded: the gate's defaults, one look, no traffic and no stack. */
export function recordedScenario({
  name: title,
  labels,
  replicates,
  warmupSeconds,
  windowSeconds,
  rate,
  marginBytesPerRequest,
}: RecordedSettings): Scenario {
  const defaults = parseScenario(DEFAULTS, 'recorded-series');
  const arm = (name: ArmName): Scenario['arms'][ArmName] => ({ label: labels[name], compose: [], environment: {} });
  return {
    ...defaults,
    name: title ?? defaults.name,
    description: 'Series recorded elsewhere; their traffic is not known.',
    file: '',
    arms: { baseline: arm('baseline'), candidate: arm('candidate') },
    traffic: { ...defaults.traffic, rate, mix: [] },
    experiment: {
      ...defaults.experiment,
      looks: [Math.max(2, replicates)],
      warmup: { requests: 0, seconds: warmupSeconds },
      window: { requests: 0, seconds: windowSeconds },
      idleSeconds: 0,
    },
    // There can be no fresh pair of a recording. Also, it is not known how it was warmed up.
    gate: {
      ...defaults.gate,
      marginBytesPerRequest: marginBytesPerRequest ?? defaults.gate.marginBytesPerRequest,
      lookWeights: [1],
      confirm: 'never',
      prior: 'none',
    },
  };
}

/** Requests per second that are assumed if they were neither counted nor stated: the default of a scenario. */
export function defaultRate(): number {
  return parseScenario(DEFAULTS, 'recorded-series').traffic.rate;
}
