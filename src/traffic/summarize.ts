import type { Trace, TraceRequest } from '../model/index.js';
import type { DealtRequest } from './deal-requests.js';
import { createTraceDigest } from './digest.js';

/** What is known about a trace without its requests. */
type TraceSummary = Pick<Trace, 'digest' | 'labels' | 'kinds' | 'recordedEnd'>;

export interface SummaryOptions {
  /** Labels that are counted even if no request has them. */
  readonly labels: readonly string[];
  /**
   * How many of a builder's first requests represent everything that it makes, by its index; the first one of a label
   * does.
   */
  readonly kinds: readonly number[];
  readonly onEntry: (index: number, entry: number) => void;
}

/** Goes through the requests of a trace once and keeps a few of them. */
export function summarize(dealt: Iterable<DealtRequest>, { labels: named, kinds, onEntry }: SummaryOptions) {
  const digest = createTraceDigest();
  const labels: Record<string, number> = Object.fromEntries(named.map((label) => [label, 0]));
  const made = kinds.map(() => 0);
  const kept: TraceRequest[] = [];
  let recordedEnd: number | undefined = 0;
  for (const { entry, request } of dealt) {
    onEntry(request.index, entry);
    digest.add(request);
    const alike = labels[request.label] ?? 0;
    labels[request.label] = alike + 1;
    const before = made[entry] as number;
    made[entry] = before + 1;
    if (alike === 0 || before < (kinds[entry] as number)) kept.push(request);
    if (request.at === undefined || recordedEnd === undefined) recordedEnd = undefined;
    else recordedEnd = Math.max(recordedEnd, request.at);
  }
  return {
    digest: digest.hex(),
    labels,
    kinds: kept,
    ...(recordedEnd !== undefined && { recordedEnd }),
  } satisfies TraceSummary;
}
