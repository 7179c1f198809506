import { clip } from '../../facts/index.js';
import type { Estimate, WordedService } from '../../results/index.js';
import { amount, estimate, growthScale, perWhat } from '../../words/growth.js';
import { legend } from '../elements.js';
import { h, type Child, type Element } from '../node.js';
import { bottomAxis, px, SIZE } from './frame.js';
import { extent, scale, type Scale } from './scale.js';

interface ForestRow {
  readonly label: string;
  readonly value: number | null;
  readonly interval: Pick<Estimate, 'lower' | 'upper'> | null;
  readonly text: string;
  readonly kind: 'replicate' | 'mean' | 'bounds';
}

const ROW = 26;
const LABEL_WIDTH = 104;

function rowsOf(service: WordedService): readonly ForestRow[] {
  const { difference, bounds, unit } = service;
  const replicates = service.replicates.map(({ replicate, difference: value }): ForestRow => ({
    label: `replicate ${replicate}`,
    value,
    interval: null,
    kind: 'replicate',
    text: value === null ? 'not measured' : amount(value, unit),
  }));
  const mean: ForestRow =
    difference === null
      ? { label: 'mean', value: null, interval: null, kind: 'mean', text: 'not measured' }
      : {
          label: `mean, ${estimate(difference, unit).confidence}`,
          value: difference.value,
          interval: difference,
          kind: 'mean',
          text: estimate(difference, unit).value,
        };
  const gate: readonly ForestRow[] =
    bounds === null ? [] : [{ label: 'bounds', value: null, interval: bounds, kind: 'bounds', text: '' }];
  return [...replicates, mean, ...gate];
}

function mark(row: ForestRow, y: number, x: Scale): Child {
  const { value, interval, kind } = row;
  const inside = (number: number): number => Math.min(SIZE.right - 2, Math.max(LABEL_WIDTH, x(number)));
  return [
    interval === null
      ? null
      : h('line', {
          class: `whisker ${kind}`,
          x1: px(inside(interval.lower)),
          x2: px(inside(interval.upper)),
          y1: y,
          y2: y,
        }),
    interval === null
      ? null
      : [interval.lower, interval.upper].map((end) =>
          h('line', { class: `whisker ${kind}`, x1: px(inside(end)), x2: px(inside(end)), y1: y - 5, y2: y + 5 }),
        ),
    value === null
      ? null
      : kind === 'mean'
        ? h('path', { class: 'diamond', d: `M${px(inside(value) - 6)} ${y}l6 -6l6 6l-6 6z` }, h('title', {}, row.text))
        : h('circle', { class: 'dot', cx: px(inside(value)), cy: y, r: 4.5 }, h('title', {}, row.text)),
    value === null && interval === null ? h('text', { class: 'tick', x: LABEL_WIDTH, y: y + 4 }, row.text) : null,
  ];
}

/**
 * The growth difference of each replicate, the mean with its interval, and the margin: everything on which the gate
 * decided, in one picture.
 */
export function forestPlot(service: WordedService, name: string): Element {
  const rows = rowsOf(service);
  const bottom = SIZE.top + 10 + rows.length * ROW;
  const values = rows
    .flatMap((row) => [row.value, row.interval?.lower, row.interval?.upper])
    .filter((value) => typeof value === 'number');
  const [low, high] = extent([...values, 0, service.margin]);
  const air = (high - low) * 0.08 || 1;
  const { symbol, factor } = growthScale(Math.max(Math.abs(low), Math.abs(high)), service.unit);
  const x = scale(low - air, high + air, LABEL_WIDTH, SIZE.right);
  const shown = scale(x.from / factor, x.to / factor, LABEL_WIDTH, SIZE.right);
  const label = `${name}: growth difference ${rows
    .filter((row) => row.value !== null)
    .map((row) => `${row.label} ${row.text}`)
    .join(', ')}; margin ${amount(service.margin, service.unit)} ${perWhat(service.unit)}`;
  const at = (value: number, kind: string): Element =>
    h('line', { class: kind, x1: px(x(value)), x2: px(x(value)), y1: SIZE.top, y2: bottom });
  return h(
    'figure',
    {},
    h('figcaption', {}, 'Growth difference against the margin'),
    h(
      'svg',
      { class: 'plot', viewBox: `0 0 ${SIZE.width} ${bottom + 42}`, role: 'img', 'aria-label': label },
      h('rect', {
        class: 'allowed',
        x: LABEL_WIDTH,
        y: SIZE.top,
        width: px(Math.max(0, x(service.margin) - LABEL_WIDTH)),
        height: bottom - SIZE.top,
      }),
      bottomAxis(shown, symbol, { left: LABEL_WIDTH, bottom }),
      at(0, 'zero'),
      at(service.margin, 'margin'),
      rows.map((row, index) => {
        const y = SIZE.top + 8 + ROW * (index + 0.5);
        return [
          h('text', { class: `tick${row.kind === 'mean' ? ' strong' : ''}`, x: 2, y: y + 4 }, clip(row.label, 16)),
          mark(row, y, x),
        ];
      }),
    ),
    legend([['allowed', `up to the margin, ${amount(service.margin, service.unit)} ${perWhat(service.unit)}`]]),
  );
}
