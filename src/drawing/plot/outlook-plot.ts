import { ceilingOf, forecast, type Forecast } from '../../facts/index.js';
import type { Result, WordedService } from '../../results/index.js';
import { ceilingName, fullAfter, fullSentence, outlookTitle } from '../../words/forecast.js';
import { isBytes, metricName } from '../../words/metrics.js';
import { shortTime } from '../../words/numbers.js';
import { legend } from '../elements.js';
import { h, type Child, type Element } from '../node.js';
import { curvesOf, judgedPoints, pairsOf, type Curve } from './curve.js';
import { endLabels, endsOf, type NamedPoint } from './end-labels.js';
import { framed, px, SIZE } from './frame.js';
import { path } from './path.js';
import { extent, padded, scale, type Scale } from './scale.js';
import { timeBelow } from './time-rows.js';

const MIB = 1024 ** 2;
/** Space to the right of the moment at which memory is full, as a share of the picture. */
const AIR = 1.06;

/** How one curve goes on: from the end of its window to the moment at which memory is full, or to the picture's end. */
interface Continuation {
  readonly arm: Curve['arm'];
  readonly from: readonly [x: number, level: number];
  readonly slope: number;
  /** Null if it grows so slowly that it may never be full. */
  readonly fullAt: number | null;
}

/** The longest pair with both arms: the one that confirms a FAIL, or else the first replicate. */
function shownCurves(result: Result, { role, metric }: WordedService): readonly Curve[] {
  const pairs = (['confirmation', 'replicate'] as const).flatMap((purpose) => pairsOf(result, role, metric, purpose));
  const whole = pairs.find(({ baseline, candidate }) => baseline !== null && candidate !== null);
  return curvesOf(whole === undefined ? pairs.slice(0, 1) : [whole]);
}

function continuation(curve: Curve, { ceiling, slope }: Forecast): Continuation | null {
  const last = judgedPoints(curve).at(-1);
  if (last === undefined) return null;
  const grows = slope[curve.arm];
  return {
    arm: curve.arm,
    from: last,
    slope: grows ?? 0,
    fullAt: grows === null ? null : last[0] + (ceiling - last[1]) / grows,
  };
}

function continued({ arm, from: [x0, y0], slope, fullAt }: Continuation, x: Scale, y: Scale): Element {
  const end = Math.min(x.to, fullAt ?? x.to);
  return h('line', {
    class: `fit ${arm}`,
    x1: px(x(x0)),
    y1: px(y(y0)),
    x2: px(x(end)),
    y2: px(y(y0 + slope * (end - x0))),
  });
}

/** Where a curve that goes on is named: before the moment at which memory is full, or else at the picture's end. */
function middleOf({ arm, from: [x0, y0], slope, fullAt }: Continuation, x: Scale, y: Scale): NamedPoint {
  const at = fullAt === null || fullAt > x.to ? x.to * 0.85 : Math.max(x0, fullAt * 0.7);
  return { arm, x: x(at), y: y(y0 + slope * (at - x0)) };
}

/** A mark where the candidate has no memory left, with the time until then. */
function fullMark(at: number, ceiling: number, seconds: number, x: Scale, y: Scale): Child {
  return [
    h('line', { class: 'full', x1: px(x(at)), x2: px(x(at)), y1: px(y(ceiling)), y2: SIZE.bottom }),
    h('circle', { class: 'full', cx: px(x(at)), cy: px(y(ceiling)), r: 4 }),
    h(
      'text',
      { class: 'strong end name', x: px(x(at) - 6), y: px((y(ceiling) + SIZE.bottom) / 2) },
      fullAfter(seconds),
    ),
  ];
}

/**
 * The picture at the top of the page: both arms of one pair up to the level at which no memory is left and, for growth
 * that fails, how it goes on until then. Null if the comparison is not valid or no series was recorded.
 */
export function outlookPlot(result: Result, service: WordedService): Element | null {
  const curves = result.verdict.outcome === 'invalid' ? [] : shownCurves(result, service);
  if (curves.length === 0) return null;
  const ahead = forecast(result, service);
  const known = ceilingOf(service);
  // A host has so much memory that the curves would be a line at the bottom.
  const roof = ahead ?? (known?.source === 'host' ? null : known);
  const goesOn = ahead === null ? [] : curves.flatMap((curve) => continuation(curve, ahead) ?? []);
  const fullAt = goesOn.find(({ arm }) => arm === 'candidate')?.fullAt ?? null;
  const measured = extent(curves.flatMap((curve) => curve.x))[1];
  const values = extent(curves.flatMap((curve) => curve.values));
  const x = scale(0, Math.max(measured, (fullAt ?? 0) * AIR), SIZE.left, SIZE.right);
  const levels =
    roof === null
      ? padded(values, isBytes(service.metric) ? MIB : 10)
      : ([0, Math.max(roof.ceiling, values[1]) * 1.12] as const);
  const y = scale(...levels, SIZE.bottom, SIZE.top);
  const factor = isBytes(service.metric) ? MIB : 1;
  const perRequest = result.verdict.assessment.axis === 'requests';
  const rate = ahead?.rate ?? null;
  const words =
    ahead === null || fullAt === null
      ? null
      : fullSentence('candidate', perRequest ? fullAt : null, ahead.rate, fullAt / ahead.rate);
  const [from, to] = curves[0]?.window ?? [0, 0];
  return h(
    'figure',
    { class: 'outlook' },
    h('figcaption', {}, outlookTitle(service.role, ahead !== null)),
    framed(
      {
        x,
        y: scale(levels[0] / factor, levels[1] / factor, SIZE.bottom, SIZE.top),
        xTitle: perRequest ? 'requests answered, and the time since the start' : 'seconds since the trial began',
        ...(perRequest && curves[0] !== undefined
          ? { rows: [rate === null ? timeBelow(curves[0]) : (at: number) => shortTime(at / rate)] }
          : {}),
        yUnit: isBytes(service.metric) ? 'MiB' : metricName(service.metric),
        label: `${outlookTitle(service.role, ahead !== null)}. ${words ?? ''}`.trim(),
        data: { 'data-kind': 'level', 'data-unit': isBytes(service.metric) ? 'MiB' : '' },
      },
      h('rect', {
        class: 'window',
        x: px(x(from)),
        width: px(Math.max(0, x(to) - x(from))),
        y: SIZE.top,
        height: SIZE.bottom - SIZE.top,
      }),
      [
        roof === null
          ? null
          : h('line', {
              class: 'ceiling',
              x1: SIZE.left,
              x2: SIZE.right,
              y1: px(y(roof.ceiling)),
              y2: px(y(roof.ceiling)),
            }),
        curves.map((curve) =>
          h('path', {
            class: `line ${curve.arm}`,
            d: path(curve.x, curve.values, x, y),
            'data-line': curve.arm,
            'data-series': curve.index,
          }),
        ),
        goesOn.map((one) => continued(one, x, y)),
      ],
      [
        roof === null
          ? null
          : h(
              'text',
              { class: 'strong name', x: SIZE.left + 4, y: px(y(roof.ceiling) - 5) },
              ceilingName(roof.ceiling, roof.source),
            ),
        endLabels(ahead === null ? endsOf(curves, x, y) : goesOn.map((one) => middleOf(one, x, y))),
        fullAt === null || roof === null || rate === null ? null : fullMark(fullAt, roof.ceiling, fullAt / rate, x, y),
      ],
    ),
    legend([
      ['baseline', 'baseline'],
      ['candidate', 'candidate'],
      ['window', 'judged window'],
      ...(ahead === null ? [] : [['dotted', 'judged growth, continued'] as const]),
    ]),
    words === null ? null : h('p', { class: 'note' }, words),
  );
}
