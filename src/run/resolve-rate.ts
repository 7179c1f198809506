import { findRate, type RateSearch } from '../experiment/index.js';
import type { RateRamp, Scenario } from '../model/index.js';

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
