import type { Failure } from './failure.js';
import type { ActionRecord } from './action.js';
import type { HostSample, SetAside } from './host-load.js';
import type { ContainerFacts, TrialPhase, Trial } from './recording.js';
import type { OriginCounts, ReplayResult } from './replay.js';
import type { ContainerEvent, Reading } from './series.js';
import type { OfTrial, RunNote } from './note.js';

/** Where a run is written down while it happens. When a call returns, the line is on its way to the disk. */
export interface Journal {
  /** What a source cannot tell on this host, or what happened beside the load; the same note is written once. */
  note(note: RunNote & OfTrial): void;
  trialStarted(trial: Trial, startedAt: string): void;
  /** The wall clock at second 0 of the trial, ISO 8601. */
  clockAtZero(trialId: string, at: string): void;
  containers(trialId: string, containers: readonly ContainerFacts[]): void;
  reading(trialId: string, reading: Reading): void;
  event(trialId: string, event: ContainerEvent): void;
  /** The last lines that the container of an event wrote; comes after the event. */
  log(trialId: string, event: ContainerEvent, text: string): void;
  host(trialId: string, sample: HostSample): void;
  action(trialId: string, action: ActionRecord): void;
  phase(trialId: string, phase: TrialPhase): void;
  replay(trialId: string, result: ReplayResult): void;
  origin(trialId: string, counts: OriginCounts): void;
  /** `failure` is null for a trial that was completed. */
  trialEnded(trialId: string, failure: Failure | null): void;
  /** A complete trial does not count after all; comes after its end. */
  setAside(trialId: string, why: SetAside): void;
}
