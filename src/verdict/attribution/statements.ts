import type { Attributed, Attribution, AttributionStatement, NamedGrowth } from '../../results/index.js';

type Facts = Pick<Attribution, 'role' | 'unit' | 'threshold' | 'labels' | 'blame'>;

const CODES = {
  difference: 'labels-grow-more',
  candidate: 'labels-grow-in-candidate',
  baseline: 'labels-grow-in-baseline',
} as const;

/**
 * Which labels are blamed: in the difference first, and in the candidate if that says something else. If no label is,
 * the growth that would have been needed.
 */
export function attributionStatements(facts: Facts): AttributionStatement[] {
  const { role, unit, blame } = facts;
  const names = (column: Attributed): string => JSON.stringify(blame[column].named.map(({ labels }) => labels));
  const columns = (['difference', 'candidate', 'baseline'] as const).filter(
    (column) => blame[column].named.length > 0 && (column !== 'candidate' || names(column) !== names('difference')),
  );
  if (columns.length === 0) return [nothingNamed(facts)];
  return columns.map((column) => ({
    code: CODES[column],
    facts: { role, unit, named: namedIn(facts, column), rest: restOf(facts, column) },
  }));
}

function namedIn({ blame }: Facts, column: Attributed): NamedGrowth[] {
  return blame[column].named.flatMap((label) => {
    const growth = label[column];
    return growth === null ? [] : [{ labels: label.labels, growth }];
  });
}

/**
 * All labels that are not named in this column, each by its name, because the rest of another column may be other
 * labels.
 */
function restOf({ labels, blame }: Facts, column: Attributed): NamedGrowth | null {
  const { named, rest } = blame[column];
  if (rest === null) return null;
  const others = labels.filter((label) => !named.some((one) => one.labels[0] === label.labels[0]));
  return { labels: others.flatMap((label) => label.labels), growth: rest };
}

function nothingNamed({ role, unit, threshold, labels }: Facts): AttributionStatement {
  const reach = Math.max(
    ...labels.flatMap(({ difference }) => (difference === null ? [] : [difference.upper - difference.value])),
  );
  return { code: 'no-label-named', facts: { role, unit, wouldTake: threshold + reach } };
}
