import { scatterOf } from '../evidence/index.js';
import { CALIBRATION_SCHEMA, SlopegateError, type Calibration, type Recording, type Scenario } from '../model/index.js';

/** The scenario with today's version on both arms and one look, to measure its noise. */
export function sameVersionTwice(scenario: Scenario, replicates: number): Scenario {
  const { baseline, candidate } = scenario.arms;
  return {
    ...scenario,
    name: `${scenario.name}-calibration`,
    expect: 'same',
    arms: { baseline, candidate: { ...baseline, label: `${baseline.label}, again`, host: candidate.host ?? null } },
    experiment: { ...scenario.experiment, looks: [replicates] },
    gate: { ...scenario.gate, lookWeights: [1], confirm: 'never' },
  };
}

/** The noise in a recording of the same version on both arms. @throws SlopegateError INTERNAL if it shows none */
export function calibrationOf(recording: Recording, key: string, scenario: Scenario, madeAt: Date): Calibration {
  const scatter = scatterOf(recording);
  const replicates = Math.min(...Object.values(scatter).map((points) => points[0]?.differences.length ?? 0));
  if (!(replicates >= 2 && Number.isFinite(replicates))) {
    throw new SlopegateError('SCENARIO_INVALID', 'no judged service has two usable replicates in this calibration', {
      hint: '"slopegate analyze" of its run directory says why',
    });
  }
  const containers =
    recording.trials.find(({ trial, containers: found }) => trial.arm === 'baseline' && found.length > 0)?.containers ??
    [];
  return {
    schema: CALIBRATION_SCHEMA,
    key,
    madeAt: madeAt.toISOString(),
    runId: recording.manifest.runId,
    scenario: scenario.name,
    replicates,
    images: Object.fromEntries(containers.map(({ service, imageId }) => [service, imageId])),
    scatter,
  };
}
