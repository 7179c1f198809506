import type { ArmName } from '../model/arm.js';
import type {
  ExplainedStack,
  HeapGrowth,
  HeapUnread,
  MappingGrowth,
  SampledHeap,
  StackGrowth,
} from '../model/explain.js';
import type { Outcome } from '../model/outcome.js';
import type { Estimate } from './estimate.js';
import type { PartGrowth } from './part-growth.js';

/** Version of the document of `slopegate explain`. */
export const EXPLAIN_SCHEMA = 'slopegate.explain/1';

/** How a service that fails in a run grows there, the candidate minus the baseline. */
export interface KnownGrowth {
  readonly role: string;
  readonly metric: string;
  /** Of `difference` and of the parts. */
  readonly unit: string;
  readonly difference: Estimate;
  /** At the rate of production or, if none is stated, at that of the run: bytes, or what else is counted. */
  readonly perHour: number;
  /** ` at 200 requests/s`, and where the rate comes from; empty if the growth is not by requests. */
  readonly loadWords: string;
  /** Kinds of memory; empty if they are not known. */
  readonly parts: readonly Omit<PartGrowth, 'growth'>[];
}

/** The run that is explained, and how the diagnosis differs from it. */
export interface ExplainedRun {
  readonly runId: string;
  readonly outcome: Outcome;
  /** Services that fail. */
  readonly grown: readonly KnownGrowth[];
  /** Where the scenario is now another than in the run (`traffic.mix`); null if it is the same. */
  readonly changed: string | null;
  /** Judged services that ran from other images, or did not run, in the diagnosis. */
  readonly otherImages: readonly string[];
}

/** What `slopegate explain` found. It judges nothing. */
export interface Explanation {
  readonly schema: typeof EXPLAIN_SCHEMA;
  readonly scenario: string;
  /** ISO 8601. */
  readonly startedAt: string;
  readonly seconds: number;
  readonly labels: Readonly<Record<ArmName, string>>;
  /** Service → name and content id of its image. */
  readonly images: Readonly<Record<ArmName, Readonly<Record<string, string>>>>;
  /** Null if a scenario is explained, not a run. */
  readonly run: ExplainedRun | null;
  /** Requests that were sent before each of the two readings. */
  readonly requests: number;
  /** All call stacks together; null if no service could be sampled on both versions. */
  readonly total: Readonly<Record<ArmName, StackGrowth>> | null;
  /** Where the candidate grows more than the baseline, the largest difference first. */
  readonly stacks: readonly ExplainedStack[];
  /** Judged services in which nothing could be sampled. */
  readonly unseen: readonly string[];
  /** Heaps that could not be compared, of services whose other heap could. */
  readonly partly: readonly SampledHeap[];
  /** Samples for which the profiler had no room, on both versions together: their memory is missing here. */
  readonly lost: number;
  /** Mappings that grow more in the candidate, the largest difference first. */
  readonly mappings: readonly MappingGrowth[];
  /** The heap of malloc, of each service where it could be read on both versions. */
  readonly heaps: readonly HeapGrowth[];
  readonly heapsUnread: readonly HeapUnread[];
  /** Services with processes that ended or began between the two readings. */
  readonly replaced: readonly string[];
}
