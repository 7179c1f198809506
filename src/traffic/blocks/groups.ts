/** A label's share of a trace. */
export interface LabelShare {
  readonly label: string;
  readonly weight: number;
}

/** Fewer requests than this in a pair of blocks cannot be divided unequally. */
const FEWEST_IN_PAIR = 8;

/**
 * Labels that vary together. Each is alone if possible. The rarest are joined until every group has `FEWEST_IN_PAIR`
 * requests in a pair of blocks of `pairRequests`, and there are no more than `most` groups. Groups of one label come
 * first, in the given order.
 */
export function groupLabels(shares: readonly LabelShare[], pairRequests: number, most: number): string[][] {
  const weights = new Map<string, number>();
  for (const { label, weight } of shares) if (weight > 0) weights.set(label, (weights.get(label) ?? 0) + weight);
  const total = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const groups = [...weights].map(([label, weight], place) => ({ labels: [label], weight, place }));
  const rare = ({ weight }: { readonly weight: number }): boolean => (weight / total) * pairRequests < FEWEST_IN_PAIR;
  for (;;) {
    groups.sort((a, b) => a.weight - b.weight);
    const [rarest, next, ...rest] = groups;
    if (rarest === undefined || next === undefined || (groups.length <= most && !rare(rarest))) break;
    groups.splice(
      0,
      groups.length,
      { labels: [...rarest.labels, ...next.labels], weight: rarest.weight + next.weight, place: weights.size },
      ...rest,
    );
  }
  return groups.sort((a, b) => a.place - b.place).map(({ labels }) => labels);
}
