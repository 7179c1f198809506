/** One look at the evidence: at how many replicates it is taken, and which share of alpha it may spend. */
export interface Look {
  readonly replicates: number;
  readonly weight: number;
}

/**
 * The looks that are taken with `complete` replicates, in order. Each planned look uses the first replicates up to its
 * count. Replicates after the last reached look are judged with the next look's share. So a run that ended between two
 * looks (or before the first) is judged once more, and never spends more than all of alpha. A plan with one look spends
 * all of it. Domain: counts rising, weights positive with a sum of at most 1.
 * @throws RangeError outside it.
 */
export function looksTaken(planned: readonly Look[], complete: number): Look[] {
  const total = planned.reduce((sum, look) => sum + look.weight, 0);
  const rising = planned.every((look, i) => look.weight > 0 && look.replicates > (planned[i - 1]?.replicates ?? 0));
  if (planned.length === 0 || !rising || total > 1 + 1e-9)
    throw new RangeError('looks must rise and their weights sum to at most 1');
  const reached = planned.filter((look) => look.replicates <= complete);
  const next = planned[reached.length];
  const left = complete - (reached.at(-1)?.replicates ?? 0);
  return next !== undefined && left > 0 ? [...reached, { replicates: complete, weight: next.weight }] : reached;
}
