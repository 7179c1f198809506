import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { path } from '../../src/drawing/plot/path.js';
import { scale } from '../../src/drawing/plot/scale.js';

const X = scale(0, 100, 48, 388);
const Y = scale(0, 100, 196, 22);

/** The points of a path, part by part. */
function points(text: string): (readonly [number, number])[][] {
  const parts: (readonly [number, number])[][] = [];
  let [x, y] = [0, 0];
  for (const [, command, numbers = ''] of text.matchAll(/([Mlh])([^Mlh]*)/g)) {
    const values = [...numbers.matchAll(/-?(?:\d+\.?\d*|\.\d+)/g)].map(Number);
    if (command === 'M') parts.push([]);
    const step = command === 'h' ? 1 : 2;
    for (let at = 0; at < values.length; at += step) {
      const [one = 0, other = 0] = command === 'h' ? [values[at], 0] : [values[at], values[at + 1]];
      [x, y] = command === 'M' ? [one, other] : [x + one, y + other];
      parts.at(-1)?.push([x, y]);
    }
  }
  return parts;
}

it('has short commands, leaves out the middle of horizontal parts, and has gaps', () => {
  expect(path([0, 10, 20, 30, 40], [0, 0, 0, 50, 50], X, Y)).toBe('M48 196h68l34-87h34');
  expect(path([0, 10, 20], [0, Number.NaN, 5], X, Y)).toBe('M48 196M116 187.3');
  expect(path([0, 0.1], [0, 0.1], X, Y)).toBe('M48 196l.3-.2');
  expect(path([], [], X, Y)).toBe('');
});

it('goes through every point, to a tenth of a unit', () => {
  const values = fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 2, maxLength: 60 });
  fc.assert(
    fc.property(values, (ys) => {
      const xs = ys.map((_, index) => (index * 100) / ys.length);
      const [drawn = []] = points(path(xs, ys, X, Y));
      for (const [index, value] of ys.entries()) {
        const at = X(xs[index] ?? 0);
        const after = drawn.findIndex(([x]) => x >= at - 0.06);
        const [right, left] = [drawn[after], drawn[Math.max(0, after - 1)]];
        // Either the point itself is there, or it is in the middle of a horizontal part.
        const height = right !== undefined && Math.abs(right[0] - at) < 0.06 ? right[1] : left?.[1];
        expect(Math.abs((height ?? Number.NaN) - Y(value))).toBeLessThan(0.06);
      }
    }),
  );
});
