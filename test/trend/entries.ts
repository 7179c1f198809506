import type { HistoryEntry, HistoryService } from '../../src/history/index.js';
import type { Outcome } from '../../src/model/index.js';

/** A judged service whose candidate grows by `more` bytes per request beyond its baseline. */
export function service(role: string, more: number, outcome: Outcome, width = 8): HistoryService {
  return {
    role,
    metric: 'unreclaimable_bytes',
    unit: 'bytes/request',
    outcome,
    baseline: 4,
    candidate: 4 + more,
    difference: { value: more, lower: more - width, upper: more + width, confidence: 0.95 },
    intervals: { baseline: [4 - width / 2, 4 + width / 2], candidate: [4 + more - width / 2, 4 + more + width / 2] },
    margin: 32,
  };
}

let made = 0;

/** A run of `baseline → candidate` on a day of November. */
export function entry(
  [baseline, candidate]: readonly [string, string],
  day: number,
  outcome: Outcome,
  changes: Partial<HistoryEntry> = {},
): HistoryEntry {
  made += 1;
  const more = { pass: 2, fail: 210, inconclusive: 40, invalid: 999 }[outcome];
  return {
    schema: 'slopegate.history/1',
    runId: `run-${made}`,
    startedAt: `2026-11-${String(day).padStart(2, '0')}T12:00:00.000Z`,
    slopegate: '0.1.0',
    scenario: 'crs',
    baseline,
    candidate,
    host: { processor: 'a processor', cpus: 2, memoryBytes: 8 * 1024 ** 3 },
    outcome,
    replicates: 5,
    services: [service('waf', more, outcome)],
    directory: `/reports/${baseline}-${candidate}-${day}`,
    ...changes,
  };
}

/** Two scenarios and four versions: one leaks, one comparison was not fair, one version was not tested in both. */
export function story(): readonly HistoryEntry[] {
  const xml = { scenario: 'xml <b>', services: [service('waf', 1, 'pass'), service('lua', 2, 'pass')] };
  return [
    entry(['1.0', '1.1'], 1, 'pass'),
    entry(['1.0', '1.1'], 2, 'pass', xml),
    entry(['1.1', '1.2'], 3, 'fail'),
    entry(['1.1', '1.3'], 5, 'inconclusive', { host: null }),
    entry(['1.1', '1.3'], 7, 'pass'),
    entry(['1.2', '1.4'], 8, 'invalid'),
    entry(['1.3', '1.4'], 9, 'pass', { ...xml, services: [] }),
  ];
}
