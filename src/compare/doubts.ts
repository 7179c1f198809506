import type { SeriesNote } from '../model/index.js';
import type { LoadSpan } from './load-span.js';
import type { Replicates } from './to-recording.js';

/** Loads that differ by more than this share were hardly the same traffic at the same time. */
const ALIKE = 0.1;
/**
 * A recording with less than this share of another one's load ended early: what the others show later is not judged.
 * Growth that begins in the last tenth is hardly visible in a whole recording.
 */
const SHORTER = 0.9;

/** Reasons to doubt that the replicates ran at the same time under the same load. */
export function doubtsAbout({ baseline, candidate }: Replicates, spans: readonly LoadSpan[]): SeriesNote[] {
  const doubts: SeriesNote[] = [];
  const runs = [...baseline, ...candidate];
  for (const index of baseline.keys()) {
    const [old, fresh] = [spans[index], spans[baseline.length + index]];
    if (old === undefined || fresh === undefined) continue;
    const [a, b] = [rateOf(old), rateOf(fresh)];
    if (Math.abs(a - b) > ALIKE * Math.max(a, b))
      doubts.push({ code: 'rates-differ', facts: { replicate: index + 1, baseline: a, candidate: b } });
  }
  const seconds = spans.map((span) => span.seconds);
  const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)];
  if (shortest < SHORTER * longest) {
    const source = runs[seconds.indexOf(shortest)]?.source ?? '';
    doubts.push({ code: 'lengths-differ', facts: { source, seconds: shortest, longestSeconds: longest } });
  }
  return doubts;
}

function rateOf({ requests, seconds }: LoadSpan): number {
  return requests === null || seconds === 0 ? 0 : requests / seconds;
}
