import {
  ARMS,
  type ArmName,
  type Attribution,
  type Exhaustion,
  type Recording,
  type ServiceAssessment,
} from '../../model/index.js';
import { secondsToLimit } from '../../statistics/procedure/seconds-to-limit.js';
import type { TrialPair } from '../replicates.js';

/** How long a service is to live on where the scenario does not say: a day is what an upgrade or a rollback takes. */
const DEFAULT_HORIZON_SECONDS = 86_400;

/**
 * What each label that surely grows means for each version: somebody who sends it alone, and the rate of it that the
 * service bears.
 */
export function exhaustionsOf(
  { blame }: Pick<Attribution, 'blame'>,
  service: ServiceAssessment,
  recording: Recording,
  pairs: readonly TrialPair[],
): Exhaustion[] {
  const { gate, traffic } = recording.manifest.scenario;
  const ratePerSecond = gate.production?.ratePerSecond ?? traffic.rate;
  const horizon = {
    seconds: gate.production?.surviveSeconds ?? DEFAULT_HORIZON_SECONDS,
    stated: gate.production !== null,
  };
  return ARMS.flatMap((arm) => {
    const room = roomOf(service, arm, recording, pairs);
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

/** Memory to spare: as stated for production, else what the limit leaves above the level reached, else the host's. */
function roomOf(
  { services, levels }: ServiceAssessment,
  arm: ArmName,
  { manifest: { scenario, host } }: Recording,
  pairs: readonly TrialPair[],
): Exhaustion['room'] | null {
  if (scenario.gate.production !== null) return { bytes: scenario.gate.production.headroomBytes, source: 'production' };
  const limits = (pairs[0]?.[arm].containers ?? [])
    .filter(({ service }) => services[arm].includes(service))
    .map(({ memoryLimitBytes }) => memoryLimitBytes ?? scenario.stack.limits.memoryBytes);
  if (limits.length > 0 && !limits.includes(null))
    return {
      bytes: limits.reduce<number>((sum, limit) => sum + (limit ?? 0), 0) - (levels[arm]?.end ?? 0),
      source: 'limit',
    };
  return host === null ? null : { bytes: host.memoryBytes, source: 'host' };
}
