import type { Context, OnEvent, Scenario } from '../model/index.js';
import { feasibilityOf, infeasibleWords, latestEnd, timesWords } from '../planning/feasibility.js';
import { noiseOf } from '../run/noise-of.js';

/** Says before a run begins how long it will take, and whether it can decide at its margin at all. */
export async function tellBeforehand(scenario: Scenario, context: Context, onEvent: OnEvent): Promise<void> {
  const feasibility = feasibilityOf(scenario, await noiseOf(scenario, context));
  const { rate, rateMode = 'stated' } = scenario.traffic;
  const assumed = {
    stated: '',
    auto: ` (if the rate is ${rate} requests/s; it is not known yet)`,
    upTo: ` (if this host keeps ${rate} requests/s)`,
  }[rateMode];
  const until = latestEnd(feasibility, context.clock.now());
  onEvent({ type: 'step', text: `${timesWords(feasibility)}; ends at ${until} at the latest${assumed}` });
  const words = infeasibleWords(feasibility);
  if (words !== null) onEvent({ type: 'warning', text: `${words.message}. Hint: ${words.hint}` });
}
