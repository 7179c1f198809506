import { ARMS, requestsBefore, requestsIn, type Action, type Load, type Scenario } from '../model/index.js';
import { checkNames, namesOf } from '../schema/index.js';
import type { Problem } from './problem.js';

/** If actions followed each other faster than this, the two arms could not do them at the same request. */
const LEAST_SECONDS = 1;

/** No run needs more, and each one is recorded with its result. */
const MOST_ACTIONS = 10_000;

/** Faults of actions that could never be done, or of too many actions. */
export function checkActions(scenario: Scenario): readonly Problem[] {
  const { actions = [], warmup, window } = scenario.experiment;
  const { rate, rateMode } = scenario.traffic;
  const load: Load = { warmup: requestsIn(warmup, rate), window: requestsIn(window, rate), rate };
  const unknown = unknownNames(scenario, actions);
  return actions.flatMap((action, index) => {
    // The number of requests in a time is not known before the rate is.
    const fault = unknown.get(index) ?? (rateMode === 'auto' ? null : faultOf(action, load));
    return fault === null
      ? []
      : [{ kind: 'action-impossible', path: ['experiment', 'actions', index], message: fault }];
  });
}

function faultOf({ at, every }: Action, load: Load): string | null {
  const total = load.warmup + load.window;
  if (at !== null && requestsBefore(at, load) >= total)
    return `at is never reached: warm-up and window together have ${total} requests`;
  if (every === null) return null;
  const distance = requestsBefore(every, { ...load, warmup: 0 });
  if (distance < LEAST_SECONDS * load.rate)
    return `every ${distance} requests at ${load.rate}/s is too often: at most once in ${LEAST_SECONDS} s`;
  if (total / distance > MOST_ACTIONS)
    return `every ${distance} requests: more than ${MOST_ACTIONS.toLocaleString('en')} times in ${total} requests`;
  return at === null && distance >= total
    ? `every is never reached: warm-up and window together have ${total} requests`
    : null;
}

/** An action may use values from the bring-up steps of either arm and from earlier actions. */
function unknownNames({ arms, stack }: Scenario, actions: readonly Action[]): ReadonlyMap<number, string> {
  const steps = actions.map((action) => action.step);
  const faults = ARMS.flatMap((arm) => {
    const before = stack.upgrade === 'in-place' ? (arms[arm].upgraded ?? []) : (arms[arm].steps ?? stack.steps ?? []);
    return checkNames(steps, namesOf(before)).map(({ index, message }) => [index, `${arm}: ${message}`] as const);
  });
  return new Map(faults);
}
