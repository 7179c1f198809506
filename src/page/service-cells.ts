import { valueAbove, type Child } from '../drawing/index.js';
import { PRIMARY_METRIC } from '../model/index.js';
import type { Estimate, WordedService } from '../results/index.js';
import { estimate } from '../words/growth.js';

/** What stands in a cell without a number. */
export const ABSENT = 'not measured';

/**
 * The anchor of each service's part, made of its name, so that a link leads to the same service in the next run:
 * `service-waf`, `service-waf-fds`. Only letters and digits of a name become part of an id. A second service with the
 * same letters and digits gets a number.
 */
export function anchorsOf(services: readonly WordedService[]): (service: WordedService) => string {
  const taken = new Set<string>();
  const nameOf = ({ role, metric }: WordedService): string => `${role} ${metric}`;
  const byName = [...services].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
  const anchors = new Map(
    byName.map((service) => {
      const { role, metric } = service;
      const plainName = slug(metric === PRIMARY_METRIC ? role : `${role}-${metric}`);
      let id = plainName;
      for (let number = 2; taken.has(id); number += 1) id = `${plainName}-${number}`;
      taken.add(id);
      return [nameOf(service), `service-${id}`] as const;
    }),
  );
  return (service) => anchors.get(nameOf(service)) ?? '';
}

/** The letters and digits of a name, for an id. */
export const slug = (name: string): string =>
  name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '') || 'unnamed';

/** A growth with its interval on a second line. */
export function growthCell(nullable: Estimate | null, unit: string): Child {
  if (nullable === null) return ABSENT;
  const { value, interval } = estimate(nullable, unit);
  return valueAbove(value, interval);
}
