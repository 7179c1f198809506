import type { Scale } from './scale.js';

/** A point of the picture, in tenths of a unit. */
type Point = readonly [x: number, y: number];

/** `.3`, `-2`, `14.5` of tenths. */
function short(tenths: number): string {
  return String(tenths / 10).replace(/^(-?)0\./, '$1.');
}

/**
 * The commands of a line through the points, in tenths of a unit; a gap if a value is missing. Each point is given by
 * its distance to the one before, and points in the middle of a horizontal part are left out. So the text is short, and
 * the line is the same.
 */
export function path(xs: readonly number[], ys: readonly number[], x: Scale, y: Scale): string {
  let text = '';
  let part: Point[] = [];
  for (let index = 0; index <= xs.length; index += 1) {
    const [across, up] = [xs[index] ?? Number.NaN, ys[index] ?? Number.NaN];
    if (Number.isFinite(across) && Number.isFinite(up)) {
      part.push([Math.round(x(across) * 10), Math.round(y(up) * 10)]);
    } else {
      text += partOf(part);
      part = [];
    }
  }
  return text;
}

function partOf([first, ...rest]: readonly Point[]): string {
  if (first === undefined) return '';
  let text = `M${short(first[0])} ${short(first[1])}`;
  let [atX, atY] = first;
  /** Whether a distance needs a command of its own: the one before was another. */
  let isFirst = true;
  rest.forEach(([nextX, nextY], index) => {
    const [dx, dy] = [nextX - atX, nextY - atY];
    if ((dx === 0 && dy === 0) || (dy === 0 && rest[index + 1]?.[1] === nextY)) return;
    if (dy === 0) text += `h${short(dx)}`;
    else text += `${isFirst || dx < 0 ? '' : ' '}${isFirst ? 'l' : ''}${short(dx)}${dy < 0 ? '' : ' '}${short(dy)}`;
    isFirst = dy === 0;
    [atX, atY] = [nextX, nextY];
  });
  return text;
}
