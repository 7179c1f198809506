/** Values of the recorded series, and how they are written. */
export const VALUES = String.raw`
  /** @typedef {{replicate: number, purpose: string, arm: string}} OfTrial */
  /** @typedef {OfTrial & {requests: number[], time: number[], values: number[]}} Series */
  /** @typedef {OfTrial & {clockAtZero?: string}} Trial */
  /** @type {{plots: Series[], trials: Trial[], verdict: {assessment: {axis: string}}}} */
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

  /** The clock at second 0 of a drawn line's trial, in milliseconds; not a number if unknown. @param {Element} line */
  const clockOf = (line) => {
    const series = result.plots[Number(line.getAttribute('data-series') ?? NaN)];
    const own = result.trials.filter(({ replicate, purpose, arm }) =>
      replicate === series?.replicate && purpose === series.purpose && arm === series.arm);
    return Date.parse(own.at(-1)?.clockAtZero ?? '');
  };

  /** HH:MM:SS in UTC, with the date on a later day than the start. @param {number} zero @param {number} seconds */
  const clockTime = (zero, seconds) => {
    const [from, at] = [zero, zero + seconds * 1000].map((time) => new Date(time).toISOString());
    return at?.slice(0, 10) === from?.slice(0, 10) ? at?.slice(11, 19) ?? '' : at?.slice(0, 19).replace('T', ' ') ?? '';
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
