import type { GatedSubject } from '../evidence/index.js';
import { usageUnknown } from '../findings/index.js';
import { ARMS, type FindingKind, type Scenario } from '../model/index.js';
import type { Alphas } from '../procedure/judge-family.js';
import type { UsageAssessment } from '../results/index.js';
import { LEAST_IDLE_SECONDS } from '../statistics/method.js';
import { withoutUnknownUsage, withoutUnreadIdle } from './partly-measured.js';
import type { Measured } from './service-assessment.js';
import { timeGrowthOf, withTimeGrowth } from './time-growth.js';

interface More {
  readonly window: GatedSubject;
  /** The service's memory in the idle phases; undefined if it is not judged there. */
  readonly idle: GatedSubject | undefined;
  readonly usage: readonly UsageAssessment[];
  /** Whether a finding of this kind about the service fails the run. */
  readonly decides: (kind: FindingKind) => boolean;
  readonly alphas: Alphas;
  readonly scenario: Scenario;
}

/**
 * The service with its growth with time alone. A PASS needs its readings where the plan allows to measure it. It also
 * needs what the scenario makes decisive beside memory.
 */
export function withMoreThanTheWindow(
  service: Measured,
  { window, idle, usage, decides, alphas, scenario: { gate, traffic, experiment } }: More,
): Measured {
  const isCompared = service.judged && ARMS.every((arm) => service.services[arm].length > 0);
  const known = withoutUnknownUsage(service, isCompared ? usageUnknown(usage, service.role, decides) : []);
  if (idle === undefined) return known;
  const ratePerSecond = gate.production?.ratePerSecond ?? traffic.rate;
  const timeDecides = decides('grows-with-time');
  const told = withTimeGrowth(known, timeGrowthOf(idle, window, { alphas, ratePerSecond }), timeDecides);
  return timeDecides && experiment.idleSeconds >= LEAST_IDLE_SECONDS ? withoutUnreadIdle(told, idle) : told;
}
