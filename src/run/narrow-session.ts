import type { ArmName, ChangedService, Clock, RunningStack, Scenario } from '../model/index.js';
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
  /** Starts an arm as the scenario says. `changed`: with one service changed. */
  readonly up: (arm: ArmName, trialId: string, changed?: Mixture) => Promise<RunningStack>;
}

interface Mixture extends ChangedService {
  /** How long it may take to answer, if that is shorter than the scenario says. */
  readonly readySeconds: number;
}
