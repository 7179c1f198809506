import { clip } from '../../facts/index.js';
import type { ArmName, Outcome } from '../../model/index.js';
import { growthScale } from '../../words/growth.js';
import { h, type Child, type Element } from '../node.js';
import { leftAxis, px, SIZE } from './frame.js';
import { extent, scale, type Scale } from './scale.js';
import { verdictMark, whisker } from './trend-marks.js';

interface Point {
  readonly value: number;
  /** Null if it is not known. */
  readonly interval: readonly [lower: number, upper: number] | null;
}

/** One run of a service. */
export interface TrendRun {
  /** Name of the candidate. */
  readonly version: string;
  /** `2026-11-21` */
  readonly day: string;
  readonly outcome: Outcome;
  /** The run in words, for readers who point at its mark. */
  readonly title: string;
  /** Null if it is not known, or if the comparison was not valid. */
  readonly difference: Point | null;
  readonly growth: Readonly<Record<ArmName, Point | null>>;
  readonly margin: number;
}

/** Numbers below the axis; more would not fit. */
const LABELS = 4;
const LABEL_CHARACTERS = 14;
/** Space beside the first and the last run. */
const SIDE = 26;
/** The marks of both versions stand beside each other. */
const ASIDE = 4;

interface Area {
  readonly x: (index: number) => number;
  readonly y: Scale;
  readonly unit: string;
  readonly shown: Scale;
}

function areaOf(runs: readonly TrendRun[], values: readonly number[], unit: string): Area {
  const [low, high] = extent([...values, 0]);
  const air = (high - low) * 0.08 || 1;
  const { symbol, factor } = growthScale(Math.max(Math.abs(low), Math.abs(high)), unit);
  const [bottom, top] = [low - air, high + air];
  const step = runs.length > 1 ? (SIZE.right - SIZE.left - 2 * SIDE) / (runs.length - 1) : 0;
  return {
    x: (index) => (runs.length > 1 ? SIZE.left + SIDE + index * step : (SIZE.left + SIZE.right) / 2),
    y: scale(bottom, top, SIZE.bottom, SIZE.top),
    shown: scale(bottom / factor, top / factor, SIZE.bottom, SIZE.top),
    unit: symbol,
  };
}

/** Versions and days below the axis, for some of the runs, with the last among them. */
function runAxis(runs: readonly TrendRun[], { x }: Area): readonly Element[] {
  const last = runs.length - 1;
  const step = Math.ceil(runs.length / LABELS);
  const places = Array.from({ length: Math.floor(last / step) + 1 }, (_, label) => last - label * step);
  return [
    h('line', { class: 'axis', x1: SIZE.left, x2: SIZE.right, y1: SIZE.bottom, y2: SIZE.bottom }),
    ...places.flatMap((place) => {
      const { version = '', day = '' } = runs[place] ?? {};
      const at = { class: 'tick middle', x: px(Math.min(x(place), SIZE.width - 38)) };
      return [
        h('line', { class: 'axis', x1: px(x(place)), x2: px(x(place)), y1: SIZE.bottom, y2: SIZE.bottom + 4 }),
        h('text', { ...at, y: SIZE.bottom + 17 }, clip(version, LABEL_CHARACTERS)),
        h('text', { ...at, y: SIZE.bottom + 30 }, day),
      ];
    }),
  ];
}

function picture(runs: readonly TrendRun[], area: Area, label: string, ...children: readonly Child[]): Element {
  const zero = px(area.y(0));
  return h(
    'svg',
    { class: 'plot', viewBox: `0 0 ${SIZE.width} ${SIZE.bottom + 38}`, role: 'img', 'aria-label': label },
    leftAxis(area.shown, area.unit),
    runAxis(runs, area),
    h('line', { class: 'zero', x1: SIZE.left, x2: SIZE.right, y1: zero, y2: zero }),
    ...children,
  );
}

const numbersOf = (point: Point | null): readonly number[] =>
  point === null ? [] : [point.value, ...(point.interval ?? [])];

/** The margin of each run, as a line with steps. */
function marginLine(runs: readonly TrendRun[], { x, y }: Area): Element {
  const reach = runs.length > 1 ? (x(1) - x(0)) / 2 : SIDE;
  const parts = runs.map(({ margin }, index) => {
    const [from, to] = [Math.max(SIZE.left, x(index) - reach), Math.min(SIZE.right, x(index) + reach)];
    return `${index === 0 ? 'M' : 'L'}${px(from)} ${px(y(margin))}L${px(to)} ${px(y(margin))}`;
  });
  return h('path', { class: 'margin', fill: 'none', d: parts.join('') });
}

/** The difference of each run with its interval and its verdict, and the margin. */
function differences(name: string, unit: string, runs: readonly TrendRun[]): Element {
  const area = areaOf(
    runs,
    [...runs.map(({ margin }) => margin), ...runs.flatMap((run) => numbersOf(run.difference))],
    unit,
  );
  const { x, y } = area;
  const marks = runs.map(({ difference, outcome, title }, index): Child => {
    const interval = difference?.interval ?? null;
    return [
      interval === null ? null : whisker('', x(index), [y(interval[0]), y(interval[1])]),
      // A run without a number has its mark at the bottom.
      verdictMark(outcome, x(index), difference === null ? SIZE.bottom - 6 : y(difference.value), title),
    ];
  });
  return h(
    'figure',
    {},
    h('figcaption', {}, 'Difference, candidate − baseline'),
    picture(
      runs,
      area,
      `${name}: difference of each run, with its interval, and the margin`,
      marginLine(runs, area),
      marks,
    ),
  );
}

/** The growth of both versions in each run. */
function growths(name: string, unit: string, runs: readonly TrendRun[]): Element {
  const area = areaOf(
    runs,
    runs.flatMap(({ growth }) => [...numbersOf(growth.baseline), ...numbersOf(growth.candidate)]),
    unit,
  );
  const mark = (point: Point | null, arm: ArmName, index: number): Child => {
    if (point === null) return null;
    const [at, up] = [area.x(index) + (arm === 'baseline' ? -ASIDE : ASIDE), area.y(point.value)];
    const place =
      arm === 'baseline'
        ? h('circle', { class: 'version baseline', cx: px(at), cy: px(up), r: 3.5 })
        : h('path', { class: 'version candidate', d: `M${px(at)} ${px(up - 5)}l5 9h-10z` });
    const ends = point.interval;
    return [ends === null ? null : whisker(arm, at, [area.y(ends[0]), area.y(ends[1])]), place];
  };
  return h(
    'figure',
    {},
    h('figcaption', {}, 'Growth of each version'),
    picture(
      runs,
      area,
      `${name}: growth of the baseline and of the candidate in each run`,
      runs.map(({ growth, title }, index) =>
        h(
          'g',
          {},
          h('title', {}, title),
          mark(growth.baseline, 'baseline', index),
          mark(growth.candidate, 'candidate', index),
        ),
      ),
    ),
  );
}

/**
 * Two pictures of one service over its runs, in the order in which they began: the difference against the margin, and
 * the growth of both versions.
 * @param unit of the growth, such as `bytes/request`
 */
export function trendPlots(name: string, unit: string, runs: readonly TrendRun[]): readonly Element[] {
  return [differences(name, unit, runs), growths(name, unit, runs)];
}
