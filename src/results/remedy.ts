import type { Estimate } from './estimate.js';
import type { NoFacts } from '../model/stated.js';
import type { FreeMemory } from './free-memory.js';

/** Version of the file that `slopegate remedy` writes. */
export const REMEDY_SCHEMA = 'slopegate.remedy/1';

/** What is done to a service again and again, to keep it running until its growth is fixed. */
export interface Remedy {
  /** `signal`: to the main process of each container. `command`: in the first container. */
  readonly kind: 'restart' | 'signal' | 'command';
  readonly service: string;
  /** Name of the signal, or the command; null for a restart. */
  readonly detail: string | null;
}

/** One time that the remedy was applied. Memory is that of all containers of the service, bytes. */
export interface RemedyApplication {
  /** From 1. */
  readonly number: number;
  /** Seconds since the trial began, and requests sent, when it began. */
  readonly time: number;
  readonly sent: number;
  /** How long it took, seconds. */
  readonly seconds: number;
  /** The error if it did not succeed; null if it did. */
  readonly failure: { readonly code: string; readonly message: string } | null;
  /** Just before it; null if not known. */
  readonly before: number | null;
  /**
   * After a restart: when the service has had time to settle, at the same distance from each. After a signal or a
   * command: just before the next application, because old processes may take long to end. Null if not known.
   */
  readonly after: number | null;
  /** Processes from before a signal or a command still ran then: `after` is not used to see what was left behind. */
  readonly isUnsettled: boolean;
  /**
   * `after`, minus `after` of the last settled application before, for each application since; null for the first one.
   */
  readonly left: number | null;
  /**
   * Requests without an answer, or with a status of 500 or above, that were answered without the remedy; null if the
   * load did not end.
   */
  readonly lost: number | null;
  /** Seconds from the end of a container to its next start, the longest; 0 if none ended. */
  readonly down: number;
}

/** Why a remedy is not shown to hold, as a code with its numbers. Bytes and seconds. */
export type RemedyReason =
  /** The test was interrupted, or failed. */
  | { readonly code: 'remedy-cut-off'; readonly facts: { readonly error: string } }
  /** The service of the test ran from another image than the candidate of the run. */
  | { readonly code: 'remedy-other-image'; readonly facts: { readonly service: string } }
  | { readonly code: 'remedy-failed'; readonly facts: { readonly failed: number; readonly of: number } }
  /** The service ended at another time than during an application, or did not come back. */
  | { readonly code: 'remedy-service-ended'; readonly facts: { readonly ends: number } }
  /** Applications with known memory before and after them. */
  | { readonly code: 'remedy-too-few'; readonly facts: { readonly known: number; readonly needed: number } }
  /** After so many applications at most, the processes from before had ended. */
  | { readonly code: 'remedy-old-processes'; readonly facts: { readonly settled: number; readonly needed: number } }
  /** Between two applications, memory did not grow as in the run: there was nothing to give back. */
  | { readonly code: 'remedy-no-growth'; readonly facts: { readonly climb: number; readonly expected: number } }
  /** Without the other copy of the candidate it is not known what a signal or a command gives back. */
  | { readonly code: 'remedy-growth-unknown'; readonly facts: NoFacts }
  | { readonly code: 'remedy-no-help'; readonly facts: { readonly left: number; readonly climb: number } }
  /** What is left becomes less from application to application, so the mean says little about later ones. */
  | { readonly code: 'remedy-slows'; readonly facts: { readonly first: number; readonly second: number } }
  /** At the stated interval, memory reaches the limit before the next application. */
  | { readonly code: 'remedy-interval-too-long'; readonly facts: { readonly peak: number; readonly limit: number } }
  /** The levels after restarts differ too much: they may rise by `upper` from one to the next. */
  | { readonly code: 'remedy-unsteady'; readonly facts: { readonly upper: number; readonly givenBack: number } }
  /** The limit may be reached earlier than the remedy must last. */
  | { readonly code: 'remedy-imprecise'; readonly facts: { readonly seconds: number; readonly wanted: number } };

/**
 * `holds`: memory stays below the limit for as long as asked. `leaks-itself`: each application leaves memory behind.
 * `no-help`: it gives back less than half of what was built up, or is done too rarely. `not-shown`: none of these is
 * known.
 */
export type RemedyOutcome = 'holds' | 'leaks-itself' | 'no-help' | 'not-shown';

/** Milliseconds from a request to its answer. */
export interface RemedyLatency {
  readonly p50: number;
  readonly p99: number;
  readonly max: number;
}

/** Memory of the service at one reading per second. */
export interface RemedySeries {
  /** Seconds since the trial began. */
  readonly time: readonly number[];
  readonly bytes: readonly number[];
  /** Processes and threads of the service; null where they are not counted. */
  readonly tasks: readonly (number | null)[];
}

/** @public A number in the test, and the one that the remedy would have in production. */
export interface TestedAndMeant {
  readonly tested: number;
  readonly meant: number;
}

/** One remedy, tested on the candidate under load. */
export interface RemedyTest {
  /** ISO 8601. */
  readonly startedAt: string;
  /** How long the load lasted, seconds. */
  readonly seconds: number;
  readonly candidate: string;
  /** Service → name and content id of its image. */
  readonly images: Readonly<Record<string, string>>;
  readonly remedy: Remedy;
  /** Requests per second. */
  readonly rate: TestedAndMeant;
  /** Seconds from one application to the next, and the requests in this time. */
  readonly every: TestedAndMeant;
  readonly requestsBetween: TestedAndMeant;
  /** Seconds for which the remedy must keep memory below the limit. */
  readonly survive: number;
  /** Growth of the candidate in the run: the upper end of its interval, bytes per request. */
  readonly growth: number;
  /** The level at which no memory is left, bytes, and what sets it. */
  readonly limit: { readonly bytes: number; readonly source: FreeMemory['source'] };
  readonly applications: readonly RemedyApplication[];
  /**
   * What is built up from one application to the next, and what an application gives back of it, bytes; null if not
   * known. If the candidate without the remedy ran beside, its growth is what is built up.
   */
  readonly climb: number | null;
  readonly givenBack: number | null;
  /** Bytes that each application leaves behind; null if not known. */
  readonly left: Estimate | null;
  /** Highest level just before an application at the stated interval, bytes; null if not known. */
  readonly peak: number | null;
  /**
   * Seconds until the limit is reached at the stated interval, at the estimate and at the end of its interval that is
   * worse; null for never, or if not known.
   */
  readonly secondsToLimit: { readonly estimate: number | null; readonly earliest: number | null };
  /** Requests lost in all applications; null if the load did not end. */
  readonly lost: number | null;
  /** With the remedy and without; null if not known. */
  readonly latency: { readonly with: RemedyLatency | null; readonly without: RemedyLatency | null };
  readonly outcome: RemedyOutcome;
  /** Empty if it holds. */
  readonly reasons: readonly RemedyReason[];
  readonly series: { readonly with: RemedySeries; readonly without: RemedySeries | null };
}

/** The remedies that were tested for a run, in the order of their tests. */
export interface RemedyTests {
  readonly schema: typeof REMEDY_SCHEMA;
  readonly tests: readonly RemedyTest[];
}
