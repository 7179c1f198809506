import type { LoadSpan } from './load-span.js';
import type { Replicates } from './to-recording.js';
import type { RecordedRun } from './recorded-series.js';

/** Loads that differ by more than this share were hardly the same traffic side by side. */
const ALIKE = 0.1;
/** A recording with less than this share of another's load holds it back. */
const MUCH_SHORTER = 0.8;

/**
 * What speaks against the replicates being what the method takes them for: independent, and side by side under one
 * load.
 */
export function doubtsAbout({ baseline, candidate }: Replicates, spans: readonly LoadSpan[]): string[] {
  const doubts: string[] = [];
  const runs = [...baseline, ...candidate];
  for (const [i, run] of runs.entries()) {
    const same = runs.slice(0, i).find((other) => other.source === run.source || sameReadings(other, run));
    if (same === undefined) continue;
    const both = baseline.includes(same) && candidate.includes(run);
    doubts.push(
      both
        ? `${nameTwice(same, run)} on both sides: a comparison with itself.`
        : `${nameTwice(same, run)} twice on one side: replicates must be fresh containers, and a copy adds nothing but false certainty.`,
    );
  }
  for (const index of baseline.keys()) {
    const [old, fresh] = [spans[index], spans[baseline.length + index]];
    if (old === undefined || fresh === undefined) continue;
    const [a, b] = [rateOf(old), rateOf(fresh)];
    if (Math.abs(a - b) > ALIKE * Math.max(a, b))
      doubts.push(
        `replicate ${index + 1}: ${a.toFixed(1)} requests/s on the baseline and ${b.toFixed(1)} on the candidate; they were not under the same load, and growth that comes with time instead of requests is counted wrongly.`,
      );
  }
  const seconds = spans.map((span) => span.seconds);
  const [shortest, longest] = [Math.min(...seconds), Math.max(...seconds)];
  if (shortest < MUCH_SHORTER * longest) {
    doubts.push(
      `${runs[seconds.indexOf(shortest)]?.source} holds only ${shortest.toFixed(0)} s of load, another recording ${longest.toFixed(0)} s: all are judged on as much as the shortest has.`,
    );
  }
  return doubts;
}

function rateOf({ requests, seconds }: LoadSpan): number {
  return requests === null || seconds === 0 ? 0 : requests / seconds;
}

function nameTwice(a: RecordedRun, b: RecordedRun): string {
  return a.source === b.source ? `${a.source} is given` : `${a.source} and ${b.source} hold the same readings, given`;
}

function sameReadings(a: RecordedRun, b: RecordedRun): boolean {
  return (
    a.services.length === b.services.length &&
    a.services.every((series, i) => {
      const other = b.services[i];
      if (other === undefined || other.time.length !== series.time.length) return false;
      return Object.entries(series.values).every(([name, column]) => {
        const twin = other.values[name];
        return twin !== undefined && Array.from(column).every((value, row) => Object.is(value, twin[row]));
      });
    })
  );
}
