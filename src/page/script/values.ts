/** Values of the recorded series, and how they are written. */
export const VALUES = String.raw`
  /** @typedef {{requests: number[], time: number[], values: number[]}} Series */
  /** @type {{plots: Series[], verdict: {assessment: {axis: string}}}} */
  const result = JSON.parse(document.getElementById('result')?.textContent ?? '');
  const perRequest = result.verdict.assessment.axis === 'requests';
  const MIB = 1048576;

  /** @param {Series} series */
  const across = (series) => (perRequest ? series.requests : series.time);

  /** The value at x, on the line between points. @param {number[]} xs @param {number[]} ys @param {number} x */
  const between = (xs, ys, x) => {
    const right = xs.findIndex((at) => at >= x);
    if (right < 0 || (right === 0 && (xs[0] ?? 0) > x)) return NaN;
    const left = Math.max(0, right - 1);
    const [x0, x1, y0, y1] = [xs[left] ?? 0, xs[right] ?? 0, ys[left] ?? 0, ys[right] ?? 0];
    return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  };

  /** @param {number} index @param {number} x */
  const valueAt = (index, x) => {
    const series = result.plots[index];
    return series === undefined ? NaN : between(across(series), series.values, x);
  };

  /** The value of a drawn line at x. @param {Element} line @param {number} x */
  const read = (line, x) => {
    const own = line.getAttribute('data-series');
    if (own !== null) return valueAt(Number(own), x);
    const numbers = (line.getAttribute('data-difference') ?? '').split(' ').map(Number);
    const [candidate = NaN, from = 0, baseline = NaN, start = 0] = numbers;
    const grown = valueAt(candidate, from + x) - valueAt(candidate, from);
    return grown - valueAt(baseline, start + x) + valueAt(baseline, start);
  };

  /** With thousands separators. @param {number} value @param {number} decimals */
  const written = (value, decimals) => {
    const [whole = '', fraction] = value.toFixed(decimals).split('.');
    return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (fraction === undefined ? '' : '.' + fraction);
  };

  /** @param {number} value @param {string} unit */
  const amount = (value, unit) => {
    if (Number.isNaN(value)) return 'not recorded';
    return unit === 'MiB' ? written(value / MIB, 3) + ' MiB' : (written(value, 1) + ' ' + unit).trim();
  };
`;
