/**
 * The page's script. It only shows the values of curves at the pointer, and opens folded parts before printing.
 * Everything else is in the markup. Plain JavaScript with JSDoc types; `test/report/script.test.ts` lints it and checks
 * its types with the DOM.
 */
export const SCRIPT = String.raw`'use strict';
(() => {
  addEventListener('error', (event) => {
    document.documentElement.dataset['error'] = event.message;
  });

  const MIB = 1048576;
  /** @typedef {{requests: number[], time: number[], values: number[]}} Series */
  /** @type {{plots: Series[], verdict: {assessment: {axis: string}}}} */
  const result = JSON.parse(document.getElementById('result')?.textContent ?? '');
  const perRequest = result.verdict.assessment.axis === 'requests';

  /** @param {Series} series */
  const across = (series) => (perRequest ? series.requests : series.time);

  /** Value of a series at x, on the line between its points. @param {number} index @param {number} x */
  const valueAt = (index, x) => {
    const series = result.plots[index];
    if (series === undefined) return NaN;
    const xs = across(series);
    const right = xs.findIndex((at) => at >= x);
    if (right < 0 || (right === 0 && (xs[0] ?? 0) > x)) return NaN;
    const left = Math.max(0, right - 1);
    const [x0, x1, y0, y1] = [xs[left] ?? 0, xs[right] ?? 0, series.values[left] ?? 0, series.values[right] ?? 0];
    return x1 === x0 ? y1 : y0 + ((y1 - y0) * (x - x0)) / (x1 - x0);
  };

  /** @param {Element} line @param {number} x */
  const read = (line, x) => {
    const own = line.getAttribute('data-series');
    if (own !== null) return valueAt(Number(own), x);
    const numbers = (line.getAttribute('data-difference') ?? '').split(' ').map(Number);
    const [candidate = NaN, from = 0, baseline = NaN, start = 0] = numbers;
    const grown = valueAt(candidate, from + x) - valueAt(candidate, from);
    return grown - valueAt(baseline, start + x) + valueAt(baseline, start);
  };

  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  tip.hidden = true;
  document.body.append(tip);

  /** @param {string} text */
  const row = (text) => {
    const element = document.createElement('div');
    element.textContent = text;
    return element;
  };

  /** @param {SVGSVGElement} plot @param {PointerEvent} event */
  const show = (plot, event) => {
    const matrix = plot.getScreenCTM();
    const area = plot.querySelector('svg');
    if (matrix === null || area === null) return;
    const left = Number(area.getAttribute('x'));
    const width = Number(area.getAttribute('width'));
    const share = (new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()).x - left) / width;
    if (share < 0 || share > 1) return hide();
    const [from, to, unit] = [Number(plot.dataset['from']), Number(plot.dataset['to']), plot.dataset['unit'] ?? ''];
    const x = from + share * (to - from);
    const rows = [...plot.querySelectorAll('[data-line]')].map((line) => {
      const value = read(line, x);
      const shown = unit === 'MiB' ? (value / MIB).toFixed(3) : value.toFixed(1);
      return row(line.getAttribute('data-line') + ': ' + (Number.isNaN(value) ? '—' : shown + ' ' + unit));
    });
    tip.replaceChildren(row((perRequest ? 'request ' : 'second ') + Math.round(x)), ...rows);
    tip.hidden = false;
    // Set through the style object, because the policy forbids style attributes in the markup.
    tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + 'px';
    tip.style.top = Math.max(8, event.clientY - tip.offsetHeight - 12) + 'px';
  };
  const hide = () => {
    tip.hidden = true;
  };

  for (const plot of document.querySelectorAll('svg.plot[data-kind]')) {
    if (!(plot instanceof SVGSVGElement)) continue;
    plot.addEventListener('pointermove', (event) => show(plot, event));
    plot.addEventListener('pointerdown', (event) => show(plot, event));
    plot.addEventListener('pointerleave', hide);
  }
  addEventListener('scroll', hide, { passive: true });

  addEventListener('beforeprint', () => {
    for (const folded of document.querySelectorAll('details')) folded.open = true;
  });
  document.documentElement.dataset['ready'] = String(document.querySelectorAll('svg.plot').length);
})();
`;
