import type { Context, OnEvent, Scenario } from '../model/index.js';
import { feasibilityOf, infeasibleWords, latestEnd, timesWords } from '../planning/feasibility.js';
import { noiseOf } from '../run/noise-of.js';

/**
 * Says before a run begins how long it will take, and whether it can decide at its margin at all.
 * @param runs words before the times if there are several such runs; null for one run, which also says when it ends
 */
export async function tellBeforehand(
  scenario: Scenario,
  context: Context,
  onEvent: OnEvent,
  runs: string | null = null,
): Promise<void> {
  const feasibility = feasibilityOf(scenario, await noiseOf(scenario, context));
  const { rate, rateMode = 'stated' } = scenario.traffic;
  const assumed = {
    stated: '',
    auto: ` (if the rate is ${rate} requests/s; it is not known yet)`,
    upTo: ` (if this host keeps ${rate} requests/s)`,
  }[rateMode];
  const until = `; ends at ${latestEnd(feasibility, context.clock.now())} at the latest`;
  const times = `${timesWords(feasibility)}${runs === null ? until : ''}${assumed}`;
  onEvent({ type: 'step', text: runs === null ? times : `${runs}: each ${times}` });
  const words = infeasibleWords(feasibility);
  if (words !== null) onEvent({ type: 'warning', text: `${words.message}. Hint: ${words.hint}` });
}
