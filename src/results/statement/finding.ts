import type { Acceptance } from '../../model/acceptance.js';
import type { ArmName } from '../../model/arm.js';
import type { Failure } from '../../model/failure.js';
import type { Estimate } from '../estimate.js';
import type { HostDifference } from '../host-difference.js';
import type { HostLoad } from '../../model/host-load.js';
import type { CheckFacts, Death } from './check.js';
import type { SubjectName } from './growth.js';
import type { LeftOutReplicate, MissingReplicate } from './series-fault.js';
import type { Stated } from '../../model/stated.js';
import type { UsageAssessment } from '../usage.js';

/** Answers of one version, and how many of them say that a server failed. */
export interface FailedAnswers {
  readonly failed: number;
  readonly answered: number;
}

/** An entry of the file of accepted findings. */
type AcceptanceFacts = Pick<Acceptance, 'finding' | 'owner' | 'expires'>;

/** What a version uses up beside memory, or how long it takes to answer; its mean on both arms. */
type UsageFacts = Pick<UsageAssessment, 'role' | 'measure' | 'unit' | 'relative'> & {
  readonly baseline: number;
  readonly candidate: number;
  readonly difference: Estimate;
  readonly margin: number;
};

/** What a finding says. */
export interface FindingFacts {
  readonly 'acceptance-expired': AcceptanceFacts;
  readonly 'acceptance-unused': AcceptanceFacts;
  readonly improved: SubjectName & {
    readonly unit: string;
    readonly difference: Estimate;
    readonly withinMargin: boolean;
  };
  readonly 'both-grow': SubjectName & {
    readonly unit: string;
    readonly baseline: number;
    readonly candidate: number;
  };
  readonly 'count-grows': SubjectName & {
    readonly unit: string;
    readonly difference: number;
    readonly surelyMoreThan: number;
  };
  readonly 'usage-higher': UsageFacts;
  /** The same for what changes from the first third of the window to the last. */
  readonly 'usage-drifts': UsageFacts;
  /** Growth per hour, without requests, and how many seconds of it were measured in each replicate. */
  readonly 'grows-with-time': SubjectName & {
    readonly unit: string;
    readonly difference: Estimate;
    readonly margin: number;
    readonly seconds: number;
  };
  /** Growth that the lens counts, while the verdict on memory is open; the same requests were sent again and again. */
  readonly 'live-heap-grows': SubjectName & {
    readonly unit: string;
    readonly difference: Estimate;
    readonly margin: number;
  };
  readonly 'level-higher': SubjectName & { readonly more: number; readonly baseline: number };
  readonly 'action-leaves': SubjectName & {
    readonly action: string;
    readonly baseline: number;
    readonly candidate: number;
  };
  readonly 'hidden-by-actions': SubjectName & { readonly unit: string; readonly growth: number };
  readonly 'near-limit': SubjectName & { readonly peak: number; readonly limit: number };
  readonly 'container-died': { readonly death: Death; readonly times: number };
  readonly 'trials-alike': { readonly trials: readonly [string, string] };
  /** Both versions ran from the same images. */
  readonly 'same-images': { readonly services: readonly string[] };
  /** Answers with a status of 500 or above to the requests of one label; `status` is the most frequent one. */
  readonly 'server-failed': {
    readonly label: string;
    readonly status: number;
    readonly baseline: FailedAnswers;
    readonly candidate: FailedAnswers;
  };
  readonly 'hosts-unlike': { readonly differences: readonly HostDifference[] };
  readonly 'one-sided': {
    readonly role: string;
    readonly arm: ArmName;
    readonly unit: string;
    readonly growth: number | null;
  };
  readonly 'memory-runs-out': SubjectName & {
    readonly arm: ArmName;
    readonly unit: string;
    readonly growth: Estimate;
    /** Growth with time alone, bytes per hour. `growth` is then what comes beside it. Absent if there is none. */
    readonly perHour?: Estimate;
    /** Requests per second; null if growth is per second. */
    readonly ratePerSecond: number | null;
    readonly headroomBytes: number;
    readonly shortestSeconds: number;
    readonly longestSeconds: number;
    /** How long production wants memory to last, if it does not last that long; otherwise null. */
    readonly wantedSeconds: number | null;
  };
  readonly 'memory-returned': SubjectName & {
    readonly arm: ArmName;
    readonly returned: number;
    readonly before: number;
  };
  readonly 'requests-decided-differently': {
    /** Null if it is not known which request had which label. */
    readonly label: string | null;
    readonly differing: number;
    readonly requests: number;
    readonly examples: readonly {
      readonly index: number;
      readonly request?: string;
      readonly baseline: number;
      readonly candidate: number;
    }[];
  };
  /** The comparison missed what was required, but by too little to explain the verdict. */
  readonly 'fell-short': CheckFacts['shortfall-explains-nothing'];
  /** How busy the host was during the trials that count. */
  readonly 'host-busy': { readonly load: HostLoad };
  /** Trials of pairs that ran late on both arms, by these shares of the schedule, and were repeated. */
  readonly 'pairs-set-aside': {
    readonly trials: readonly { readonly trial: string; readonly lateness: number; readonly host: HostLoad }[];
  };
  readonly 'replicates-missing': { readonly replicates: readonly LeftOutReplicate[] };
  /** An error ended this trial. The run was resumed, and the trial was repeated. */
  readonly 'repeated-after-error': { readonly trial: string; readonly failure: Failure };
  readonly 'series-missing': { readonly role: string; readonly missing: readonly MissingReplicate[] };
  /** Lone readings far from both neighbours, left out as misread. */
  readonly 'readings-misread': SubjectName & { readonly readings: number; readonly example: number };
  /** Descriptors, threads or sockets moved, and then stayed at one value for so long while the load went on. */
  readonly 'counts-stuck': SubjectName & { readonly arm: ArmName; readonly seconds: number };
}
export type FindingStatement = Stated<FindingFacts>;
