import type { RecordingFault } from './integrity.js';
import type { NoFacts, Stated } from './stated.js';

/** A call to an arm's Docker API, and how often it was made. */
export interface CountedCall {
  readonly call: string;
  readonly times: number;
}

/** The programs of a service that the lens counts, and those that it does not. */
export interface LensSight {
  readonly service: string;
  /** Commands. */
  readonly counted: readonly string[];
  readonly uncounted: readonly UncountedProgram[];
}

export interface UncountedProgram {
  readonly command: string;
  /** The library that its memory comes from, if that is why it is not counted; null if the lens is not in it. */
  readonly allocator: string | null;
}

/** One of several runs that were merged, and its machine. Empty or 0 where the machine was not known. */
export interface MergedRun {
  readonly run: string;
  readonly replicates: readonly number[];
  /** Whether it has the longer pair that confirms a FAIL. */
  readonly confirms: boolean;
  readonly processor: string;
  readonly cpus: number;
  readonly memoryBytes: number;
  readonly kernel: string;
}

/** What a run writes into its recording: what could not be seen on this host, and what happened beside the load. */
export interface RunNoteFacts {
  /** A sentence as an older version of slopegate wrote it, when notes had no codes. */
  readonly 'older-note': { readonly text: string };
  readonly 'slab-not-separate': NoFacts;
  readonly 'kernel-memory-not-counted': NoFacts;
  readonly 'sidecar-not-needed': NoFacts;
  readonly 'processes-closed': NoFacts;
  readonly 'huge-pages': NoFacts;
  readonly 'stats-without-processes': NoFacts;
  readonly 'stats-with-sidecar': NoFacts;
  readonly 'stats-once-a-second': NoFacts;
  readonly 'stats-without-shared-memory': NoFacts;
  readonly 'stats-kernel-memory-partial': NoFacts;
  readonly 'pressure-unknown': NoFacts;
  /** What the lens sees of a service: commands that it counts, and that it does not. */
  readonly 'lens-sees': LensSight;
  /** The replicates were recorded by several runs, possibly on several machines. */
  readonly 'merged-runs': { readonly runs: readonly MergedRun[] };
  readonly 'two-hosts': { readonly processorsCompared: boolean };
  readonly 'restarted-before-load': { readonly service: string; readonly times: number };
  readonly 'network-not-closed': { readonly service: string };
  readonly 'outbound-stopped': {
    readonly service: string;
    readonly packets: number;
    readonly destinations: readonly string[];
  };
  readonly 'calls-refused': { readonly service: string; readonly calls: readonly CountedCall[] };
  readonly 'calls-done': { readonly service: string; readonly calls: readonly CountedCall[] };
  readonly 'answers-given-up': { readonly answers: number };
}
export type RunNote = Stated<RunNoteFacts>;

/** What the reader of a recording says of its files. */
interface FileNoteFacts {
  readonly 'not-sealed': NoFacts;
  /** The run was cut off, and went on at this time (ISO 8601). */
  readonly resumed: { readonly at: string };
  readonly 'files-damaged': { readonly first: RecordingFault; readonly faults: number };
  readonly 'readings-unreadable': { readonly readings: number; readonly firstLine: number };
  readonly 'last-line-cut-off': NoFacts;
}
export type FileNote = Stated<FileNoteFacts>;

/** A stretch of a recording, in seconds since it began. */
export interface TimeSpan {
  readonly from: number;
  readonly to: number;
}

/** Stretches of one recording without readings: the first three, how many there are, and how much they take. */
export interface Gaps {
  readonly source: string;
  readonly first: readonly TimeSpan[];
  readonly gaps: number;
  readonly missingSeconds: number;
  readonly seconds: number;
}

/** A sudden fall of memory to less than half, after which it stays low. */
export interface Restart {
  readonly source: string;
  readonly metric: string;
  /** Seconds since the recording began. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
}

/** One of two recordings with the same readings; `twin` is null if one file was given twice. */
export interface Copied {
  readonly source: string;
  readonly twin: string | null;
}

/** What is said of series that were recorded elsewhere: how they were judged, and what speaks against trusting them. */
interface SeriesNoteFacts {
  readonly 'recorded-elsewhere': NoFacts;
  readonly 'judged-once': NoFacts;
  readonly 'rare-events': NoFacts;
  readonly 'margin-converted': {
    readonly bytesPerSecond: number;
    readonly bytesPerRequest: number;
    readonly rate: number;
  };
  readonly 'requests-not-counted': {
    /** What the margin per second was made from; null if the user gave it per second. */
    readonly margin: {
      /** What is counted instead of bytes; null for bytes. */
      readonly counted: string | null;
      readonly perRequest: number;
      readonly isDefault: boolean;
      readonly rate: number;
      readonly rateAssumed: boolean;
    } | null;
  };
  readonly 'metric-chosen': { readonly metric: string };
  readonly 'metric-with-cache': { readonly metric: string };
  readonly 'services-apart': { readonly services: readonly string[] };
  readonly 'services-added-up': { readonly services: readonly string[] };
  readonly 'warmup-asked': { readonly seconds: number };
  /** `requests`: how many the warm-up has at least; null if none were counted. */
  readonly 'warmup-standard': {
    readonly seconds: number;
    readonly leastSeconds: number;
    readonly leastRequests: number | null;
  };
  readonly 'warmup-short': { readonly seconds: number; readonly standardSeconds: number };
  readonly 'service-not-judged': { readonly source: string; readonly service: string; readonly readings: number };
  readonly 'copy-left-out': Copied & { readonly replicate: number };
  readonly 'never-measured': { readonly source: string; readonly metric: string };
  readonly 'readings-impossible': {
    readonly source: string;
    readonly metric: string;
    /** Null if the recording has one service alone, without a name. */
    readonly service: string | null;
    readonly readings: number;
    readonly first: { readonly value: number; readonly at: number };
  };
  readonly 'readings-missing': Gaps;
  readonly 'part-judged': Gaps & { readonly part: TimeSpan };
  readonly 'looks-restarted': Restart;
  readonly 'rates-differ': { readonly replicate: number; readonly baseline: number; readonly candidate: number };
  readonly 'lengths-differ': {
    readonly source: string;
    readonly seconds: number;
    readonly longestSeconds: number;
  };
}
export type SeriesNote = Stated<SeriesNoteFacts>;

export interface NoteFacts extends RunNoteFacts, FileNoteFacts, SeriesNoteFacts {}

/** The trial that a note is about; absent if it is about all. */
export interface OfTrial {
  readonly trial?: string;
}

/** A note of a recording. */
export type Note = Stated<NoteFacts> & OfTrial;
