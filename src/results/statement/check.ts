import type { ArmName } from '../../model/arm.js';
import type { Failure } from '../../model/failure.js';
import type { ContainerEventKind } from '../../model/series.js';
import type { RecordingFault } from '../../model/integrity.js';
import type { NoFacts, Stated } from '../../model/stated.js';

/** A container of a judged service that died. */
export interface Death {
  readonly role: string;
  readonly arm: ArmName;
  readonly trial: string;
  readonly kind: ContainerEventKind;
  readonly requests: number;
  /** What the observer wrote down: an exit code, a signal. Empty if it wrote nothing. */
  readonly detail: string;
  /** The last line of the container's log; null if it was not recorded. */
  readonly lastLine: string | null;
}

/** Two things that one trial says of the same, and that cannot both be true. */
export interface Contradiction {
  readonly what:
    | 'statuses-differ'
    | 'answers-beyond-requests'
    | 'passed-beyond-answers'
    | 'window-beyond-answers'
    | 'late-beyond-trial'
    | 'time-backwards'
    | 'requests-backwards';
  readonly told: number;
  readonly other: number;
}

/** What the checks of a fair comparison say. */
export interface CheckFacts {
  /** The missing requests can have changed the difference, but by less than the distance between verdict and margin. */
  readonly 'shortfall-explains-nothing': {
    readonly shortfall: CheckStatement;
    readonly effect: number;
    readonly spare: number;
    readonly unit: string;
  };
  /** The candidate's process died. What this breaks is not a fault of the comparison. */
  readonly 'broken-by-death': { readonly shortfall: CheckStatement };
  readonly 'recording-whole': { readonly sealed: boolean };
  readonly 'recording-damaged': { readonly first: RecordingFault; readonly faults: number };
  readonly 'containers-known': NoFacts;
  readonly 'containers-unknown': { readonly trial: string };
  readonly 'event-of-unknown-service': {
    readonly trial: string;
    readonly service: string;
    readonly kind: ContainerEventKind;
  };
  readonly 'readings-of-unknown-container': {
    readonly trial: string;
    readonly service: string;
    readonly container: number;
  };
  readonly 'image-changed': { readonly service: string; readonly trials: readonly [string, string] };
  readonly 'trials-independent': { readonly trials: number };
  readonly 'trials-copied': { readonly trials: readonly [string, string] };
  readonly 'services-copied': { readonly trial: string; readonly services: readonly [string, string] };
  /** Decisions cannot be compared: only this many answers were recorded. */
  readonly 'decisions-unknown': { readonly trial: string; readonly statuses: number; readonly planned: number };
  /** Every version ran from the other one's images, under other names. */
  readonly 'images-alike': { readonly services: readonly string[]; readonly images: readonly [string, string] };
  readonly 'record-consistent': NoFacts;
  readonly 'record-contradicts': Contradiction & { readonly trial: string };
  readonly 'answers-served': NoFacts;
  /** Most answers of a trial say that a server failed; `status` is the most frequent of them. */
  readonly 'answers-failed': {
    readonly trial: string;
    readonly failed: number;
    readonly answered: number;
    readonly status: number;
  };
  readonly 'same-trace': { readonly digest: string };
  readonly 'traces-differ': { readonly trial: string };
  readonly 'trace-not-planned': { readonly trial: string };
  readonly 'all-sent': NoFacts;
  readonly 'nothing-on-record': { readonly trial: string };
  readonly 'sent-count-differs': { readonly trial: string; readonly sent: number; readonly planned: number };
  readonly 'sent-content-differs': { readonly trial: string };
  readonly 'all-answered': { readonly aborted: number };
  readonly 'answers-missing': {
    readonly trial: string;
    readonly answered: number;
    readonly expected: number;
    readonly aborted: number;
    /** Connections that the target closed instead of answering. */
    readonly closed: number;
  };
  readonly 'values-captured': NoFacts;
  readonly 'captures-unknown': { readonly trial: string };
  readonly 'values-missing': {
    readonly trial: string;
    readonly label: string;
    /** Requests with this label that were sent without a value that an answer should have given. */
    readonly without: number;
    readonly requests: number;
    /** The value that was missing most often, as step and name; null if each value was found but came too late. */
    readonly missed: { readonly name: string; readonly missed: number; readonly answers: number } | null;
  };
  /** The judged window holds far fewer requests than planned. */
  readonly 'window-cut': { readonly trial: string; readonly requests: number; readonly planned: number };
  readonly 'pace-kept': NoFacts;
  /** A replay that ended before its schedule, by this share of it. */
  readonly 'pace-early': { readonly trial: string; readonly early: number };
  readonly 'pace-late': {
    readonly trial: string;
    /** How much longer than the schedule the replay took, as a share of it. */
    readonly lateness: number;
    /** Both arms were late together: something that they share slowed them down. */
    readonly together: boolean;
    readonly rate: number;
  };
  readonly 'origin-agrees': NoFacts;
  readonly 'origin-silent': { readonly trial: string };
  readonly 'origin-count-differs': { readonly trial: string; readonly passed: number; readonly reached: number };
  readonly 'origin-content-differs': { readonly trial: string };
  readonly 'decided-alike': NoFacts;
  readonly 'decided-almost-alike': { readonly differing: number };
  readonly 'decided-otherwise': {
    readonly labels: readonly { readonly label: string; readonly differing: number; readonly requests: number }[];
    readonly tolerance: number;
  };
  readonly 'actions-done': { readonly requestsApart: number };
  readonly 'action-not-done': { readonly trial: string; readonly action: string };
  readonly 'action-failed': {
    readonly trial: string;
    readonly number: number;
    readonly of: number;
    readonly sent: number;
    readonly failure: Failure;
  };
  readonly 'actions-differ': { readonly baseline: string; readonly candidate: string };
  readonly 'action-apart': {
    readonly action: string;
    readonly baseline: { readonly trial: string; readonly requests: number };
    readonly candidate: { readonly trial: string; readonly requests: number };
  };
  readonly 'containers-lived': NoFacts;
  readonly 'baseline-lived': NoFacts;
  readonly 'baseline-died': { readonly death: Death; readonly candidateToo: boolean };
}
export type CheckStatement = Stated<CheckFacts>;
