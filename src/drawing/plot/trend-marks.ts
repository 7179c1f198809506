import type { Outcome } from '../../model/index.js';
import { h, type Child, type Element } from '../node.js';
import { px, SIZE } from './frame.js';

/** Half the size of a mark. */
const HALF = 4.5;

/** The outline of a mark, around the origin. */
const OUTLINES: Readonly<Record<Outcome, string>> = {
  pass: `M${-HALF} 0a${HALF} ${HALF} 0 1 1 ${2 * HALF} 0a${HALF} ${HALF} 0 1 1 ${-2 * HALF} 0z`,
  fail: `M${-HALF} ${-HALF}h${2 * HALF}v${2 * HALF}h${-2 * HALF}z`,
  inconclusive: `M0 ${-HALF}L${HALF} 0L0 ${HALF}L${-HALF} 0z`,
  invalid: `M${-HALF} ${-HALF}L${HALF} ${HALF}M${HALF} ${-HALF}L${-HALF} ${HALF}`,
};

/** A mark for a verdict. Its form says the verdict too, so a reader who sees no colours can tell them apart. */
export function verdictMark(outcome: Outcome, x: number, y: number, title: string): Element {
  const place = { class: `mark ${outcome}`, transform: `translate(${px(x)} ${px(y)})` };
  return h('path', { ...place, d: OUTLINES[outcome] }, h('title', {}, title));
}

/** The interval of a value, with a short line at each end. @param ends their heights in the picture */
export function whisker(kind: string, x: number, ends: readonly [number, number]): Child {
  const [one, other] = ends.map((end) => Math.min(SIZE.bottom, Math.max(SIZE.top, end))) as [number, number];
  return [
    h('line', { class: `whisker ${kind}`, x1: px(x), x2: px(x), y1: px(one), y2: px(other) }),
    ...[one, other].map((y) =>
      h('line', { class: `whisker ${kind}`, x1: px(x - 3), x2: px(x + 3), y1: px(y), y2: px(y) }),
    ),
  ];
}
