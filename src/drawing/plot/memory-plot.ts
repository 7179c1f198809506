import type { ArmName, PhaseSpan } from '../../model/index.js';
import type { ReplicateGrowth, WordedAssessment } from '../../results/index.js';
import { isBytes, metricName } from '../../words/metrics.js';
import { h, type Child, type Element } from '../node.js';
import { curvesOf, judgedPoints, type Curve, type Pair } from './curve.js';
import { endLabels, endsOf } from './end-labels.js';
import { framed, px, SIZE } from './frame.js';
import { path } from './path.js';
import { extent, padded, scale, type Scale } from './scale.js';
import { beganWords, timeRows } from './time-rows.js';

const MIB = 1024 ** 2;
/** Approximate width of a letter in a phase's name. */
const LETTER = 5.5;

export interface MemoryPlots {
  readonly name: string;
  readonly metric: string;
  readonly axis: WordedAssessment['axis'];
  readonly pairs: readonly Pair[];
  /** Slopes from the judgement; empty if the metric was not judged. */
  readonly growth: readonly ReplicateGrowth[];
  /** Title of one pair of curves: `Replicate`, `Longer pair`. */
  readonly title: string;
}

/** The fitted line has the judged slope and, like every least-squares line, goes through the middle of its points. */
function fitted(curve: Curve, slope: number | null, x: Scale, y: Scale): Child {
  const points = judgedPoints(curve);
  if (slope === null || points.length === 0) return null;
  const mean = (pick: 0 | 1): number => points.reduce((total, point) => total + point[pick], 0) / points.length;
  const at = (across: number): number => mean(1) + slope * (across - mean(0));
  const [from, to] = curve.window;
  return h('line', {
    class: `fit ${curve.arm}`,
    x1: px(x(from)),
    y1: px(y(at(from))),
    x2: px(x(to)),
    y2: px(y(at(to))),
  });
}

/** Where a phase begins. */
function phaseMark({ name, from }: PhaseSpan, x: Scale): Child {
  return h(
    'line',
    { class: 'phase', x1: px(x(from)), x2: px(x(from)), y1: SIZE.top, y2: SIZE.bottom },
    h('title', {}, name),
  );
}

/** The phase's name above its start, if it fits before the next phase. */
function phaseName({ name, from, to }: PhaseSpan, x: Scale): Child {
  return name.length * LETTER > x(to) - x(from)
    ? null
    : h('text', { class: 'phase middle', x: px(x((from + to) / 2)), y: SIZE.top - 3 }, name);
}

function domains({ pairs, metric }: MemoryPlots): {
  readonly x: readonly [number, number];
  readonly y: readonly [number, number];
} {
  const curves = curvesOf(pairs);
  // The rise during start-up would make everything after it look flat, so the picture is scaled to the judged window
  // and what follows.
  const judged = curves.flatMap((curve) => curve.values.filter((_, index) => (curve.x[index] ?? 0) >= curve.window[0]));
  const all = curves.flatMap((curve) => curve.values);
  return {
    x: [0, extent(curves.flatMap((curve) => curve.x))[1]],
    y: padded(extent(judged.length > 0 ? judged : all), isBytes(metric) ? MIB : 10),
  };
}

/**
 * Both arms of one replicate: memory against requests answered, with the judged window shaded and the fitted slopes
 * dashed.
 */
export function memoryPlots(plots: MemoryPlots): readonly Element[] {
  const { name, metric, axis, pairs, growth, title } = plots;
  const domain = domains(plots);
  const x = scale(...domain.x, SIZE.left, SIZE.right);
  const y = scale(...domain.y, SIZE.bottom, SIZE.top);
  const shownY = isBytes(metric) ? scale(domain.y[0] / MIB, domain.y[1] / MIB, SIZE.bottom, SIZE.top) : y;
  return pairs.map((pair) => {
    const curves = curvesOf([pair]);
    const slope = (arm: ArmName): number | null =>
      growth.find((one) => one.replicate === pair.replicate)?.[arm] ?? null;
    const [from, to] = curves[0]?.window ?? domain.x;
    const below = timeRows(pair, axis);
    const frame = {
      x,
      y: shownY,
      xTitle: below.title,
      yUnit: isBytes(metric) ? 'MiB' : metricName(metric),
      label:
        `${name}, ${title.toLowerCase()} ${pair.replicate}: ${metricName(metric)} of both versions ` +
        `against ${below.title}`,
      rows: below.rows,
      above: pair.phases.map((phase) => phaseName(phase, x)),
      data: { 'data-kind': 'level', 'data-unit': isBytes(metric) ? 'MiB' : '' },
    };
    return h(
      'figure',
      {},
      h(
        'figcaption',
        {},
        `${title} ${pair.replicate}`,
        curves.length < 2 ? ` (${curves[0]?.arm ?? 'nothing'} only)` : '',
        beganWords(pair),
      ),
      framed(
        frame,
        [
          h('rect', {
            class: 'window',
            x: px(x(from)),
            width: px(Math.max(0, x(to) - x(from))),
            y: SIZE.top,
            height: SIZE.bottom - SIZE.top,
          }),
          pair.phases.map((phase) => phaseMark(phase, x)),
          pair.actions.map((action) =>
            h(
              'line',
              { class: 'action', x1: px(x(action.x)), x2: px(x(action.x)), y1: SIZE.top, y2: SIZE.bottom },
              h('title', {}, `${action.name}, ${action.when}`),
            ),
          ),
        ],
        curves.map((curve) => [
          h('path', {
            class: `line ${curve.arm}`,
            d: path(curve.x, curve.values, x, y),
            'data-line': curve.arm,
            'data-series': curve.index,
          }),
          fitted(curve, slope(curve.arm), x, y),
        ]),
        endLabels(endsOf(curves, x, y)),
      ),
    );
  });
}
