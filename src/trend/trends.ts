import type { HistoryEntry, HistoryService } from '../history/index.js';

/** One service of one run. */
export interface Measured {
  readonly entry: HistoryEntry;
  readonly service: HistoryService;
}

/** The runs of one service in one scenario, by the time at which they began. */
export interface Trend {
  readonly role: string;
  readonly metric: string;
  readonly unit: string;
  /** At least one. */
  readonly runs: readonly Measured[];
}

/** The services of the runs of one scenario. Growth per request and growth per second are not in one picture. */
export function trendsOf(entries: readonly HistoryEntry[]): readonly Trend[] {
  const trends = new Map<string, Trend & { readonly runs: Measured[] }>();
  for (const entry of entries) {
    for (const service of entry.services) {
      const { role, metric, unit } = service;
      const key = JSON.stringify([role, metric, unit]);
      const trend = trends.get(key) ?? { role, metric, unit, runs: [] };
      trend.runs.push({ entry, service });
      trends.set(key, trend);
    }
  }
  const nameOf = ({ role, metric }: Trend): string => `${role} ${metric}`;
  return [...trends.values()].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

/** The names in a list, each once, in the order in which they first come. */
export const eachOnce = (names: readonly string[]): readonly string[] => [...new Set(names)];
