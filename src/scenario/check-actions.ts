import {
  ARMS,
  requestsBefore,
  requestsIn,
  SlopegateError,
  type Action,
  type Load,
  type Scenario,
} from '../model/index.js';
import type { YamlSource } from './source.js';
import { checkNames, namesOf } from './step-names.js';

/** Actions that come sooner one upon the other would never be done at the same request on both arms. */
const LEAST_SECONDS = 1;

/**
 * Actions that could never be done are refused before anything is started.
 * @throws SlopegateError SCENARIO_INVALID
 */
export function checkActions(scenario: Scenario, source: YamlSource): void {
  const { actions = [], warmup, window } = scenario.experiment;
  const { rate, rateMode } = scenario.traffic;
  const load: Load = { warmup: requestsIn(warmup, rate), window: requestsIn(window, rate), rate };
  const unknown = unknownNames(scenario, actions);
  for (const [index, action] of actions.entries()) {
    // How many requests a time stands for is not known before the rate is.
    const fault = unknown.get(index) ?? (rateMode === 'auto' ? null : faultOf(action, load));
    if (fault !== null)
      throw new SlopegateError('SCENARIO_INVALID', `experiment.actions.${index}: ${fault}`, {
        location: source.locate(['experiment', 'actions', index]),
      });
  }
}

function faultOf({ at, every }: Action, load: Load): string | null {
  const total = load.warmup + load.window;
  if (at !== null && requestsBefore(at, load) >= total)
    return `at is never reached: warm-up and window together have ${total} requests`;
  if (every === null) return null;
  const distance = requestsBefore(every, { ...load, warmup: 0 });
  if (distance < LEAST_SECONDS * load.rate)
    return `every ${distance} requests at ${load.rate}/s is more often than once in ${LEAST_SECONDS} s`;
  return at === null && distance >= total
    ? `every is never reached: warm-up and window together have ${total} requests`
    : null;
}

/** An action may use what the bring-up steps of either arm captured, and the actions before it. */
function unknownNames({ arms, stack }: Scenario, actions: readonly Action[]): ReadonlyMap<number, string> {
  const steps = actions.map((action) => action.step);
  const faults = ARMS.flatMap((arm) => {
    const before = stack.upgrade === 'in-place' ? (arms[arm].upgraded ?? []) : (arms[arm].steps ?? stack.steps ?? []);
    return checkNames(steps, namesOf(before)).map(({ index, message }) => [index, `${arm}: ${message}`] as const);
  });
  return new Map(faults);
}
