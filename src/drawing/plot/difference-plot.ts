import type { WordedAssessment, WordedService } from '../../results/index.js';
import { counted } from '../../words/growth.js';
import { isBytes } from '../../words/metrics.js';
import { legend } from '../elements.js';
import { h, type Element } from '../node.js';
import { judgedPoints, valueAt, type Pair } from './curve.js';
import { framed, px, SIZE } from './frame.js';
import { path } from './path.js';
import { extent, scale } from './scale.js';

const STEPS = 100;

interface Difference {
  readonly replicate: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** `candidate index, baseline index, offset of each window`: enough to read exact values back. */
  readonly source: string;
}

/**
 * Candidate minus baseline during the window. Both are counted from its start, so different start levels do not matter.
 */
function differenceOf({ replicate, baseline, candidate }: Pair): Difference | null {
  if (baseline === null || candidate === null) return null;
  const [before, after] = [judgedPoints(baseline), judgedPoints(candidate)];
  const [startBefore, startAfter] = [before[0], after[0]];
  const length = Math.min(
    (before.at(-1)?.[0] ?? 0) - (startBefore?.[0] ?? 0),
    (after.at(-1)?.[0] ?? 0) - (startAfter?.[0] ?? 0),
  );
  if (startBefore === undefined || startAfter === undefined || !(length > 0)) return null;
  const x = Array.from({ length: STEPS + 1 }, (_, index) => (length * index) / STEPS);
  const y = x.map(
    (at) =>
      valueAt(after, startAfter[0] + at) - startAfter[1] - (valueAt(before, startBefore[0] + at) - startBefore[1]),
  );
  return { replicate, x, y, source: [candidate.index, startAfter[0], baseline.index, startBefore[0]].join(' ') };
}

/** The difference of all replicates since the window began, with the area in which growth within the margin stays. */
export function differencePlot(
  service: WordedService,
  name: string,
  axis: WordedAssessment['axis'],
  pairs: readonly Pair[],
): Element | null {
  const differences = pairs.map(differenceOf).filter((one) => one !== null);
  if (differences.length === 0) return null;
  const length = extent(differences.flatMap((one) => one.x))[1];
  const unit = isBytes(service.metric)
    ? { symbol: 'MiB', factor: 1024 ** 2 }
    : { symbol: counted(service.unit), factor: 1 };
  const reach = service.margin * length;
  const [low, high] = extent([...differences.flatMap((one) => one.y), 0, reach]);
  const air = (high - low) * 0.08 || 1;
  const x = scale(0, length, SIZE.left, SIZE.right);
  const y = scale(low - air, high + air, SIZE.bottom, SIZE.top);
  const shownY = scale((low - air) / unit.factor, (high + air) / unit.factor, SIZE.bottom, SIZE.top);
  const per = axis === 'requests' ? 'requests' : 'seconds';
  const corner = `${px(x(0))},${px(y(0))} ${px(x(length))},${px(y(reach))}`;
  const mean = service.difference;
  return h(
    'figure',
    {},
    h('figcaption', {}, 'Difference, candidate − baseline, since the window began'),
    framed(
      {
        x,
        y: shownY,
        xTitle: `${per} since the judged window began`,
        yUnit: unit.symbol,
        label:
          `${name}: candidate minus baseline in each of ${differences.length} replicates; ` +
          'the shaded area is growth within the margin',
        data: { 'data-kind': 'difference', 'data-unit': unit.symbol },
      },
      h('polygon', {
        class: 'allowed',
        points: `${corner} ${px(x(length))},${SIZE.bottom} ${px(x(0))},${SIZE.bottom}`,
      }),
      [
        h('line', { class: 'zero', x1: SIZE.left, x2: SIZE.right, y1: px(y(0)), y2: px(y(0)) }),
        h('line', { class: 'margin', x1: px(x(0)), y1: px(y(0)), x2: px(x(length)), y2: px(y(reach)) }),
        differences.map((one) =>
          h('path', {
            class: 'line difference',
            d: path(one.x, one.y, x, y),
            'data-line': `replicate ${one.replicate}`,
            'data-difference': one.source,
          }),
        ),
        mean === null
          ? null
          : h('line', {
              class: 'fit difference',
              x1: px(x(0)),
              y1: px(y(0)),
              x2: px(x(length)),
              y2: px(y(mean.value * length)),
            }),
      ],
    ),
    legend([
      ['allowed', 'within the margin'],
      ['difference', 'each replicate'],
      ['dashed difference', 'mean growth'],
    ]),
  );
}
