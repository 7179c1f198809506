import { meanLoad, type ArmName, type ContainerFacts, type Recording, type TrialRecording } from '../model/index.js';
import { RESULT_SCHEMA, type Result, type TrialSummary, type Verdict } from '../results/index.js';
import { tell, tellAction, tellManifest, tellTrialEnd } from '../words/tell.js';
import { hostStretches } from './host-stretches.js';
import { plotSeries } from './plot-series.js';

function secondsOf({ replay, phases, services }: TrialRecording): number {
  if (replay !== null) return replay.seconds;
  const sampled = services.flatMap((series) => Array.from(series.time.slice(-1)));
  return Math.max(
    0,
    ...phases.filter((phase) => phase.name !== 'idle').map((phase) => phase.to.time),
    ...(phases.length === 0 ? sampled : []),
  );
}

function summarise(recording: TrialRecording): TrialSummary {
  const { trial, replay } = recording;
  return {
    id: trial.id,
    arm: trial.arm,
    replicate: trial.replicate,
    purpose: trial.purpose,
    complete: recording.complete,
    failure: tellTrialEnd(recording),
    ...(recording.clockAtZero !== undefined && { clockAtZero: recording.clockAtZero }),
    seconds: secondsOf(recording),
    planned: replay?.planned ?? 0,
    sent: replay?.sent ?? 0,
    answered: replay?.answered ?? 0,
    counts: replay?.counts ?? {},
    lateness: replay?.lateness ?? null,
    ...(replay?.connections && { connections: replay.connections }),
    ...(recording.host && { host: meanLoad(recording.host), hostLoads: hostStretches(recording.host) }),
    events: recording.events,
    ...(recording.actions === undefined ? {} : { actions: recording.actions.map(tellAction) }),
  };
}

function containersOf(recording: Recording, arm: ArmName): readonly ContainerFacts[] {
  return recording.trials.find((trial) => trial.trial.arm === arm && trial.containers.length > 0)?.containers ?? [];
}

/** Collects what a run recorded and what was judged into the one document from which every report is made. */
export function buildResult(recording: Recording, verdict: Verdict, version: string): Result {
  return {
    schema: RESULT_SCHEMA,
    slopegate: version,
    manifest: tellManifest(recording.manifest),
    verdict: tell(verdict),
    trials: recording.trials.map(summarise),
    containers: { baseline: containersOf(recording, 'baseline'), candidate: containersOf(recording, 'candidate') },
    plots: plotSeries(recording, verdict.assessment),
  };
}
