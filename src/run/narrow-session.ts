import type { ArmName, Clock, RunningStack, Scenario } from '../model/index.js';
import type { DockerSession } from './docker.js';
import type { OpenTraffic } from './traffic.js';

/** What all steps of a search share. */
export interface NarrowSession {
  readonly scenario: Scenario;
  readonly traffic: OpenTraffic;
  readonly docker: DockerSession;
  readonly runId: string;
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Shown to the user. */
  readonly tell: (text: string) => void;
  /** Starts an arm as the scenario says. `changed`: with other images or settings. */
  readonly up: (arm: ArmName, trialId: string, changed?: ChangedArm) => Promise<RunningStack>;
}

interface ChangedArm {
  /** Service → content id of the image that it is started from. */
  readonly images: Readonly<Record<string, string>>;
  /** How long it may take to answer, if that is shorter than the scenario says. */
  readonly readySeconds: number;
}
