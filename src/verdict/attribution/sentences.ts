import type { Attributed, Attribution, Blame, LabelGrowth } from '../../model/index.js';
import { estimate, growth } from '../../words/growth.js';
import { list } from '../../words/numbers.js';

/** `order-valid`, or `order-valid and order-malformed` for labels that vary together. */
export function nameOf({ labels }: Pick<LabelGrowth, 'labels'>): string {
  return list(labels);
}

type Facts = Pick<Attribution, 'role' | 'unit' | 'threshold' | 'labels' | 'blame'>;

/**
 * What is blamed, in the difference first; in the candidate only where that says something else. Where nothing is, what
 * it would have taken.
 */
export function attributionSentences(facts: Facts): string[] {
  const { role, unit, blame } = facts;
  const names = (column: Attributed): string => blame[column].named.map(nameOf).join();
  const columns = (['difference', 'candidate', 'baseline'] as const).filter(
    (column) => blame[column].named.length > 0 && (column !== 'candidate' || names(column) !== names('difference')),
  );
  if (columns.length === 0) return [nothingNamed(facts)];
  const openings = {
    difference: `${role} grows faster in the candidate on`,
    candidate: `In the candidate, ${role} grows on`,
    baseline: `In the baseline, ${role} grows on`,
  };
  return columns.map((column) => `${openings[column]} ${blamed(blame[column], column, unit)}.`);
}

/** `order-valid: 8.24 KB (7.94 to 8.55) per request of it; everything else: 3 B (−60 to 66)` */
function blamed({ named, rest }: Blame, column: Attributed, unit: string): string {
  const parts = named.flatMap((label) => {
    const value = label[column];
    if (value === null) return [];
    const text = estimate(value, unit);
    return [`${nameOf(label)}: ${text.whole} ${text.per}`];
  });
  return [...parts, ...(rest === null ? [] : [`everything else: ${estimate(rest, unit).whole}`])].join('; ');
}

function nothingNamed({ role, unit, threshold, labels }: Facts): string {
  const reach = Math.max(
    ...labels.flatMap(({ difference }) => (difference === null ? [] : [difference.upper - difference.value])),
  );
  return `No label surely makes ${role} grow by more than the margin; one would have to by ${growth(threshold + reach, unit)} at the least to be named.`;
}
