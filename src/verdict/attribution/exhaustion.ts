import { ARMS, type Attribution, type Exhaustion, type Scenario, type ServiceAssessment } from '../../model/index.js';
import { secondsToLimit } from '../../statistics/procedure/seconds-to-limit.js';

/** How long a service is to live on where the scenario does not say: a day is what an upgrade or a rollback takes. */
const DEFAULT_HORIZON_SECONDS = 86_400;

/**
 * What each label that surely grows means for each version: somebody who sends it alone, and the rate of it that the
 * service bears.
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
