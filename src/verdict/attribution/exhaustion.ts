import {
  ARMS,
  type ArmName,
  type Attribution,
  type Exhaustion,
  type LabelGrowth,
  type Recording,
  type ServiceAssessment,
} from '../../model/index.js';
import { duration, durationRange, memory, significant } from '../../words/numbers.js';
import { secondsToLimit } from '../../statistics/procedure/seconds-to-limit.js';
import type { TrialPair } from '../replicates.js';
import { growthOf } from '../words.js';
import { nameOf } from './sentences.js';

/** How long a service is to live on where the scenario does not say: a day is what an upgrade or a rollback takes. */
const DEFAULT_HORIZON_SECONDS = 86_400;

/**
 * What each label that surely grows means for each version: somebody who sends it alone, and the rate of it that the
 * service bears.
 */
export function exhaustionsOf(
  { blame, unit }: Pick<Attribution, 'blame' | 'unit'>,
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
      const facts = {
        arm,
        labels: label.labels,
        ratePerSecond,
        room,
        seconds: { value: last(growth.value), shortest: last(growth.upper), longest: last(growth.lower) },
        horizon,
        rateLimit: bytesEach / (growth.upper * horizon.seconds),
      };
      return [{ ...facts, sentence: sentenceOf(facts, label, growthOf(growth, unit), named.length) }];
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

const ROOM_WORDS = {
  production: 'to spare',
  limit: 'that its limit leaves',
  host: 'of the host, for it has no limit,',
} as const;

function sentenceOf(
  { arm, ratePerSecond, room, seconds, horizon, rateLimit }: Omit<Exhaustion, 'sentence'>,
  label: LabelGrowth,
  growing: string,
  named: number,
): string {
  const name = nameOf(label);
  const lasts = `Somebody who sends ${name} alone, ${significant(ratePerSecond)} requests/s of it, uses up the ${memory(room.bytes)} ${ROOM_WORDS[room.source]} in the ${arm} in ${durationRange(seconds.shortest, seconds.longest)}, at ${growing}.`;
  if (rateLimit === 0)
    return `${lasts} No limit on its rate would keep the service alive for ${duration(horizon.seconds)}: the other requests alone use up that memory.`;
  const shared = named > 1 ? ', with as much left for each of the labels named' : '';
  return `${lasts} Limited to ${rateWords(rateLimit)}, the service lives for ${duration(horizon.seconds)}${shared}.`;
}

/**
 * `2.4 requests a second`, or where that is less than one: `14 requests a minute`. Rounded down, for a limit must hold.
 */
function rateWords(perSecond: number): string {
  const { unit, seconds } = UNITS.find((one) => perSecond * one.seconds >= 1) ?? UNITS[2];
  const rate = perSecond * seconds;
  const digits = 10 ** (1 - Math.floor(Math.log10(rate)));
  const text = significant(Math.floor(rate * digits) / digits);
  return `${text} request${text === '1' ? '' : 's'} ${unit}`;
}

const UNITS = [
  { unit: 'a second', seconds: 1 },
  { unit: 'a minute', seconds: 60 },
  { unit: 'an hour', seconds: 3600 },
] as const;
