import { findRate, RateTooHighError, type RateSearch } from '../experiment/index.js';
import type { OnEvent, RateRamp, Scenario } from '../model/index.js';

/** A host whose load changes all the time keeps no rate. */
const MOST_ATTEMPTS = 3;

/** The scenario with the rate at which it will run: as stated, or found by a ramp if it says `auto`. */
export async function resolveRate(
  scenario: Scenario,
  search: Omit<RateSearch, 'scenario'>,
): Promise<{ readonly scenario: Scenario; readonly ramp: RateRamp | null }> {
  if (scenario.traffic.rateMode !== 'auto') return { scenario, ramp: null };
  search.onEvent({ type: 'step', text: 'searching for a rate that both versions sustain' });
  const ramp = await findRate({ ...search, scenario });
  return { scenario: { ...scenario, traffic: { ...scenario.traffic, rate: ramp.rate } }, ramp };
}

/**
 * Runs the scenario. If the host does not keep its rate and the scenario allows a lower one (`{upTo: 75/s}`), the run
 * begins again with the rate that the host should keep. Only the schedule decides this, never memory.
 * @throws SlopegateError RATE_TOO_HIGH if the host did not keep any of three rates
 */
export async function atKeptRate<T>(
  scenario: Scenario,
  onEvent: OnEvent,
  run: (scenario: Scenario) => Promise<T>,
  attempts = MOST_ATTEMPTS,
): Promise<T> {
  try {
    return await run(scenario);
  } catch (error) {
    const { traffic } = scenario;
    if (!(error instanceof RateTooHighError) || traffic.rateMode !== 'upTo' || attempts === 1) throw error;
    const rate = error.saferRate;
    onEvent({ type: 'warning', text: `${error.message} The run begins again with ${rate} requests/s.` });
    return atKeptRate({ ...scenario, traffic: { ...traffic, rate } }, onEvent, run, attempts - 1);
  }
}
