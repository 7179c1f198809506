import { fixed } from '../../words/numbers.js';
import { h, type Child, type Element } from '../node.js';
import { ticks, type Scale } from './scale.js';
import type { Below } from './time-rows.js';

/** Picture units of every plot: wide enough for two plots side by side, narrow enough for a phone. */
export const SIZE = { width: 400, left: 48, right: 388, top: 22, bottom: 196 } as const;

/** Only as many decimals as the step between ticks needs: `2.5k`, `0.05`. */
function tickText(value: number, step: number): string {
  const [factor, symbol] = step >= 1000 && value !== 0 ? [1000, 'k'] : [1, ''];
  const decimals = [0, 1, 2, 3, 4, 5].find((digits) =>
    Number.isInteger(Number(((step / factor) * 10 ** digits).toFixed(6))),
  );
  return `${fixed(value / factor, decimals ?? 6)}${symbol}`;
}

function stepOf(values: readonly number[]): number {
  return values.length > 1 ? (values[1] ?? 0) - (values[0] ?? 0) : Math.abs(values[0] ?? 1);
}

export function px(value: number): string {
  return (Math.round(value * 10) / 10).toString();
}

/** Lines and numbers of the vertical axis. */
export function leftAxis(y: Scale, unit: string): readonly Element[] {
  const values = ticks(y.from, y.to, 5);
  return [
    h('path', { class: 'grid', d: values.map((value) => `M${SIZE.left} ${px(y(value))}H${SIZE.right}`).join('') }),
    ...values.map((value) =>
      h('text', { class: 'tick end', x: SIZE.left - 6, y: px(y(value) + 4) }, tickText(value, stepOf(values))),
    ),
    h('text', { class: 'unit', x: 4, y: SIZE.top - 12 }, unit),
  ];
}

/** Approximate width of half a digit. */
const HALF_DIGIT = 3.3;
/** Height of a row of numbers below the axis, and of its title. */
const ROW = 13;
const TITLE_AT = 34;

/** A text below the number of a tick. If it would leave the picture, it ends at the edge. */
function below(text: string | null, at: number, y: number): readonly Element[] {
  if (text === null) return [];
  const isLast = at + text.length * HALF_DIGIT > SIZE.width;
  return [h('text', { class: `tick ${isLast ? 'end' : 'middle'}`, x: px(isLast ? SIZE.width - 1 : at), y }, text)];
}

/** Where the title of the axis stands, below so many rows. */
const titleAt = (rows: readonly Below[]): number => TITLE_AT + rows.length * (ROW - 1);

export function bottomAxis(
  x: Scale,
  title: string,
  { left, bottom }: { readonly left: number; readonly bottom: number } = SIZE,
  rows: readonly Below[] = [],
): readonly Element[] {
  const values = ticks(x.from, x.to, 4);
  return [
    h('path', {
      class: 'axis',
      d: `M${left} ${bottom}H${SIZE.right}${values.map((value) => `M${px(x(value))} ${bottom}v4`).join('')}`,
    }),
    ...values.flatMap((value) => [
      h('text', { class: 'tick middle', x: px(x(value)), y: bottom + 17 }, tickText(value, stepOf(values))),
      ...rows.flatMap((row, index) => below(row(value), x(value), bottom + 17 + (index + 1) * ROW)),
    ]),
    h('text', { class: 'unit middle', x: (left + SIZE.right) / 2, y: bottom + titleAt(rows) }, title),
  ];
}

export interface Frame {
  readonly x: Scale;
  readonly y: Scale;
  readonly xTitle: string;
  readonly yUnit: string;
  /** What stands below the numbers of the horizontal axis: the time since the start, the clock. */
  readonly rows?: readonly Below[];
  /** A description for readers who cannot see the picture. */
  readonly label: string;
  /** Text in the line above the plotting area. */
  readonly above?: Child;
  /** Attributes from which the page's script reads values. */
  readonly data: Readonly<Record<string, string | number>>;
}

/** A plot with axes; `behind` and `inside` are clipped to the plotting area, `above` is drawn last. */
export function framed(frame: Frame, behind: Child, inside: Child, above: Child = null): Element {
  const { left, right, top, bottom } = SIZE;
  const [width, height] = [right - left, bottom - top];
  const clip = (child: Child): Element =>
    h(
      'svg',
      { x: left, y: top, width, height, viewBox: `${left} ${top} ${width} ${height}`, preserveAspectRatio: 'none' },
      child,
    );
  return h(
    'svg',
    {
      class: 'plot',
      viewBox: `0 0 ${SIZE.width} ${SIZE.bottom + titleAt(frame.rows ?? []) + 8}`,
      role: 'img',
      'aria-label': frame.label,
      'data-from': frame.x.from,
      'data-to': frame.x.to,
      'data-low': frame.y.from,
      'data-high': frame.y.to,
      ...frame.data,
    },
    clip(behind),
    frame.above ?? null,
    leftAxis(frame.y, frame.yUnit),
    bottomAxis(frame.x, frame.xTitle, SIZE, frame.rows),
    clip(inside),
    above,
  );
}
