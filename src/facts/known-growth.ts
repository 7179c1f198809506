import type { KnownGrowth, Result } from '../results/index.js';
import { growthTold } from './growth-told.js';
import { loadOf } from './projection.js';
import { sortedServices } from './services.js';

const HOUR = 3600;

/** How each service that fails grows: per request, per hour, and by kind of memory. The worst comes first. */
export function knownGrowth(result: Result): readonly KnownGrowth[] {
  const { rate, words } = loadOf(result);
  return sortedServices(result)
    .filter(({ judged, outcome }) => judged && outcome === 'fail')
    .flatMap((service) => {
      const { role, metric, unit, difference, parts = [] } = service;
      if (difference === null) return [];
      const told = growthTold(service, 'difference') ?? difference;
      return {
        role,
        metric,
        unit,
        difference,
        perHour: told.value * rate * HOUR,
        loadWords: words,
        parts: parts.map(({ metric: part, counted, difference: own }) => ({ metric: part, counted, difference: own })),
      };
    });
}
