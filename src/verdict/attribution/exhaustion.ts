import { ARMS, type Scenario } from '../../model/index.js';
import type { Attribution, Exhaustion, ServiceAssessment } from '../../results/index.js';
import { secondsToLimit } from '../../procedure/seconds-to-limit.js';

/** How long a service should live if the scenario does not say it: a day is enough for an upgrade or a rollback. */
const DEFAULT_HORIZON_SECONDS = 86_400;

/**
 * What each label that surely grows means for each version: a client that sends only this label, and the rate at which
 * the service survives.
 */
export function exhaustionsOf(
  { blame }: Pick<Attribution, 'blame'>,
  service: ServiceAssessment,
  { gate, traffic }: Scenario,
): Exhaustion[] {
  const ratePerSecond = gate.production?.ratePerSecond ?? traffic.rate;
  const horizon = {
    seconds: gate.production?.surviveSeconds ?? DEFAULT_HORIZON_SECONDS,
    stated: gate.production !== null,
  };
  return ARMS.flatMap((arm) => {
    const room = service.room[arm];
    const { named, rest } = blame[arm];
    if (room === null || !(room.bytes > 0)) return [];
    const restShare = 1 - named.reduce((sum, { share }) => sum + share, 0);
    const usedByRest = rest !== null && rest.lower > 0 ? rest.value * ratePerSecond * restShare * horizon.seconds : 0;
    const bytesEach = Math.max(0, room.bytes - usedByRest) / named.length;
    return named.flatMap((label): Exhaustion[] => {
      const growth = label[arm];
      if (growth === null) return [];
      const last = (perRequest: number): number => secondsToLimit(perRequest, ratePerSecond, room.bytes);
      return [
        {
          arm,
          labels: label.labels,
          ratePerSecond,
          room,
          seconds: { value: last(growth.value), shortest: last(growth.upper), longest: last(growth.lower) },
          horizon,
          rateLimit: bytesEach / (growth.upper * horizon.seconds),
          growth,
          sharedBy: named.length,
        },
      ];
    });
  });
}
