import type { ArmName } from './arm.js';
import type { Failure } from './failure.js';
import type { RampStep } from './ramp.js';
import type { HuntRow } from './hunt.js';
import type { HostLoad } from './host-load.js';
import type { TrialPhaseName } from './recording.js';
import type { Note } from './note.js';
import type { Outcome } from './outcome.js';

/** Progress, for those who show it. No part of the run waits for it. */
export type ProgressEvent =
  | { readonly type: 'step'; readonly text: string }
  | { readonly type: 'log'; readonly text: string }
  | {
      readonly type: 'round-started';
      readonly round: number;
      readonly rounds: number;
      readonly trials: readonly string[];
      readonly remainingSeconds: number;
    }
  | {
      /**
       * The host disturbed a pair. The pair is repeated. The event says which repetition of this run this is, and how
       * many are allowed.
       */
      readonly type: 'pair-set-aside';
      readonly trials: readonly string[];
      readonly lateness: readonly number[];
      readonly host: readonly HostLoad[];
      readonly repeat: number;
      readonly most: number;
    }
  | { readonly type: 'arm-up'; readonly arm: ArmName; readonly trial: string; readonly seconds: number }
  | { readonly type: 'phase'; readonly arm: ArmName; readonly trial: string; readonly phase: TrialPhaseName }
  | {
      readonly type: 'progress';
      readonly arm: ArmName;
      readonly trial: string;
      readonly answered: number;
      readonly planned: number;
      readonly memoryBytes: Readonly<Record<string, number>>;
    }
  | { readonly type: 'look'; readonly replicates: number; readonly outcome: Outcome; readonly sentence: string }
  | { readonly type: 'action-failed'; readonly trial: string; readonly action: string; readonly failure: Failure }
  | { readonly type: 'ramp-step'; readonly step: RampStep }
  | { readonly type: 'hunted'; readonly row: HuntRow; readonly number: number; readonly of: number }
  | { readonly type: 'note'; readonly note: Note }
  | { readonly type: 'warning'; readonly text: string };
export type OnEvent = (event: ProgressEvent) => void;
