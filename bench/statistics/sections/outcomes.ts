import type { Service } from '../generator/pair.js';
import type { Cell, Check, Columns, Report, Results, Scale, Section } from '../harness/cell.js';
import { percent, rateAtLeast, share, count } from '../harness/summary.js';
import { MARGIN, type Design } from '../procedure/design.js';
import { runGate } from '../procedure/gate.js';

/** One situation, and the largest accepted share of each outcome. */
export interface Row {
  readonly service: Service;
  /** Largest share of FAILs, if the candidate does not leak. */
  readonly fail?: number;
  /** The bound of FAILs holds only where no longer pair confirms them. */
  readonly unconfirmed?: boolean;
  /** Largest share of PASSes, if it does. */
  readonly pass?: number;
}

const GUARDS = ['settled', 'step', 'fill', 'fellBack', 'baselineFalls', 'late', 'masked', 'coarse'] as const;
const TITLES = ['settled', 'STEP', 'FILL', 'FELL-BACK', 'BASELINE-FALLS', 'LATE', 'MASKED', 'COARSE'];

/** A section of rows with several designs: FAIL, PASS and INCONCLUSIVE, and the guards that objected. */
export function outcomes(
  { name, title, divide }: { readonly name: string; readonly title: string; readonly divide: number },
  rows: Readonly<Record<string, Row>>,
  designs: readonly Design[],
  { trials }: Scale,
): Section {
  const nameOf = (design: Design, row: string): string => `${name} ${design.name}: ${row}`;
  const cells = designs.flatMap((design) =>
    Object.entries(rows).map(([row, { service }]): Cell => ({
      name: nameOf(design, row),
      trials: Math.ceil(trials / divide),
      trial: (random) => runGate([service], design, MARGIN, random),
    })),
  );
  const reportOf = (design: Design, results: Results): Report => {
    const found = Object.entries(rows).map(([row, of]) => ({ row, of, seen: results(nameOf(design, row)) }));
    return {
      header: [design.name, 'FAIL %', 'PASS %', 'inconclusive %', ...TITLES],
      rows: found.map(({ row, seen }) => [
        row,
        ...['fail', 'pass', 'inconclusive', ...GUARDS].map((column) => percent(share(seen[column]))),
      ]),
      checks: checksOf(design, found),
    };
  };
  return { name, title, cells, reports: (results) => designs.map((design) => reportOf(design, results)) };
}

interface Found {
  readonly row: string;
  readonly of: Row;
  readonly seen: Columns;
}

/** One check per design and outcome, over all its rows. A bound is broken if the trials prove it (99.9 %). */
function checksOf(design: Design, found: readonly Found[]): Check[] {
  return (['fail', 'pass'] as const).flatMap((outcome): Check[] => {
    const bounded = found.filter(
      ({ of }) => of[outcome] !== undefined && (of.unconfirmed !== true || design.confirm === 'never'),
    );
    if (bounded.length === 0) return [];
    const broken = bounded.filter(({ of, seen }) => provedRate(seen[outcome]) > (of[outcome] as number));
    const [worst] = [...bounded].sort((a, b) => share(b.seen[outcome]) - share(a.seen[outcome]));
    const named = broken.length > 0 ? broken : worst === undefined ? [] : [worst];
    return [
      {
        claim: `false ${outcome.toUpperCase()} within its bound in each of ${bounded.length} rows (${design.name})`,
        ok: broken.length === 0,
        found: named.map(({ row, seen }) => `${percent(share(seen[outcome]))} % (${row})`).join(', '),
      },
    ];
  });
}

function provedRate(values: readonly number[] | undefined): number {
  return rateAtLeast(count(values), values?.length ?? 0);
}
