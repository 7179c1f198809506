import type { ArmName } from './arm.js';
import type { ContainerFacts } from './recording.js';
import type { OriginCounts } from './replay.js';
import type { Scenario } from './scenario.js';
import type { Step } from './step.js';

/** A container to be watched. */
export interface ContainerHandle {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  /** Number within the service, from 1. */
  readonly container: number;
}

/** One arm, up and answering. Disposing it removes its containers, networks and volumes; doing so twice is harmless. */
export interface RunningStack extends AsyncDisposable {
  readonly arm: ArmName;
  readonly project: string;
  /**
   * Where the published entry port is reached: on loopback, unless the daemon is elsewhere and the scenario allows it
   * to open ports.
   */
  readonly entry: { readonly host: string; readonly port: number };
  readonly containers: readonly ContainerHandle[];
  readonly facts: readonly ContainerFacts[];
  /**
   * Does one step, with what the bring-up steps captured at hand. @throws SlopegateError STEP_FAILED, in which no
   * secret stands
   */
  perform(step: Step, signal: AbortSignal): Promise<void>;
  /**
   * The last lines of a container's log, running or not, without secrets; empty if there are none or they can't be
   * had.
   */
  lastLog(container: Pick<ContainerHandle, 'service' | 'container'>): Promise<string>;
  /** What of the isolation could not be kept, and what tried to leave the arm so far, in words for the report. */
  notes?(): Promise<readonly string[]>;
  /** Sets the origin's counters to zero; done after the readiness probe, before the first request. */
  resetOrigin(): Promise<void>;
  /** Asks the origin what reached it; null if the stack has no origin of ours. */
  originCounts(): Promise<OriginCounts | null>;
}

export interface StackRequest {
  readonly scenario: Scenario;
  readonly arm: ArmName;
  readonly runId: string;
  readonly trialId: string;
  readonly signal: AbortSignal;
}

export interface PrepareRequest {
  readonly scenario: Scenario;
  readonly runId: string;
  readonly signal: AbortSignal;
  /** What builds and pulls print, and how the stack was rewritten. */
  readonly onLine: (line: string) => void;
  /** What everybody should see: that a killed run's leftovers were removed. Goes to `onLine` where it is not stated. */
  readonly onNotice?: (line: string) => void;
}

/** Port: brings one arm up in isolation. */
export interface Stack {
  /** Builds or pulls every image once, before any trial, so that bring-up is quick and equal. */
  prepare(request: PrepareRequest): Promise<void>;
  up(request: StackRequest): Promise<RunningStack>;
}
