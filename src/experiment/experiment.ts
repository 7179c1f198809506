import type {
  Clock,
  HostWatch,
  Journal,
  Observer,
  OnEvent,
  Plan,
  Replayer,
  Scenario,
  Stack,
  Trace,
} from '../model/index.js';
import type { Earlier } from './earlier.js';

/** What the evidence so far calls for: more replicates, the confirmation pair, or nothing. */
export type Decision = 'continue' | 'confirm' | 'stop';

export interface Experiment {
  readonly scenario: Scenario;
  readonly plan: Plan;
  readonly runId: string;
  /** The trace of that many requests; the same number gives the same trace. */
  readonly traceOf: (requests: number) => Trace;
  readonly stack: Stack;
  readonly replayer: Replayer;
  readonly observer: Observer;
  readonly host: HostWatch;
  readonly journal: Journal;
  readonly clock: Clock;
  /** Judges what is recorded so far; called at each look and after the confirmation. */
  readonly decide: (replicates: number) => Promise<Decision>;
  /** What an earlier part of the same run did, if the run was interrupted and is resumed. */
  readonly earlier?: Earlier;
  readonly onEvent: OnEvent;
  readonly signal: AbortSignal;
}
