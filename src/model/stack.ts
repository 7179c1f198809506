import type { ArmName } from './arm.js';
import type { ContainerFacts } from './recording.js';
import type { OriginCounts } from './replay.js';
import type { Scenario } from './scenario.js';
import type { RunNote } from './note.js';
import type { Step } from './step.js';

/** A container that is watched. */
export interface ContainerHandle {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Number within the service, from 1. */
  readonly container: number;
}

/**
 * One arm that runs and answers. Disposing it removes its containers, networks and volumes. Disposing it twice does no
 * harm.
 */
export interface RunningStack extends AsyncDisposable {
  readonly arm: ArmName;
  readonly project: string;
  /**
   * Address of the published entry port: on loopback, unless the daemon is on another machine and the scenario allows
   * it to open ports.
   */
  readonly entry: { readonly host: string; readonly port: number };
  readonly containers: readonly ContainerHandle[];
  readonly facts: readonly ContainerFacts[];
  /**
   * Does one step. It can use what the bring-up steps captured.
   * @throws SlopegateError STEP_FAILED, without any secret
   */
  perform(step: Step, signal: AbortSignal): Promise<void>;
  /**
   * The last lines of a container's log, running or not, without secrets; empty if there are none or they cannot be
   * read.
   */
  lastLog(container: Pick<ContainerHandle, 'service' | 'container'>): Promise<string>;
  /** What of the isolation could not be kept, and what tried to leave the arm so far. */
  notes?(): Promise<readonly RunNote[]>;
  /** Sets the origin's counters to zero. Done after the readiness probe and before the first request. */
  resetOrigin(): Promise<void>;
  /** Asks the origin what reached it; null if the stack has none of our own. */
  originCounts(): Promise<OriginCounts | null>;
}

export interface ChangedService {
  readonly service: string;
  /** Content id of the image that it is started from; null for its own. */
  readonly imageId: string | null;
  /** Settings that it has as in the other arm, by the names that `differingSettings` gives. */
  readonly settings: readonly string[];
}

export interface StackRequest {
  readonly scenario: Scenario;
  readonly arm: ArmName;
  readonly runId: string;
  readonly trialId: string;
  /** A service that is started in another way than its arm says. */
  readonly changed?: ChangedService;
  readonly signal: AbortSignal;
  /** How far a large copy is, every few seconds. */
  readonly onLine?: (line: string) => void;
}

export interface PrepareRequest {
  readonly scenario: Scenario;
  readonly runId: string;
  readonly signal: AbortSignal;
  /** What builds and pulls print, and how the stack was rewritten. */
  readonly onLine: (line: string) => void;
  /** What every user should see: the leftovers of a killed run were removed. Goes to `onLine` if absent. */
  readonly onNotice?: (line: string) => void;
}

/** Port: brings one arm up in isolation. */
export interface Stack {
  /** Builds or pulls every image once, before any trial, so that bring-up is quick and equal. */
  prepare(request: PrepareRequest): Promise<void>;
  up(request: StackRequest): Promise<RunningStack>;
}
