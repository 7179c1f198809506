/** The charts that can be read: where their area is, which part of it is shown, and how that changes. */
export const VIEWS = String.raw`
  /** @typedef {{from: number, to: number, low: number, high: number}} Range */
  /** @typedef {{plot: SVGSVGElement, kind: string, unit: string, lines: Element[], whole: Range, now: Range,
   *   left: number, top: number, width: number, height: number}} View */

  /** @param {SVGSVGElement} plot @returns {View} */
  const viewOf = (plot) => {
    const area = plot.querySelector('svg');
    /** @param {string} name */
    const side = (name) => Number(area?.getAttribute(name));
    /** @param {string} name */
    const end = (name) => Number(plot.dataset[name]);
    const whole = { from: end('from'), to: end('to'), low: end('low'), high: end('high') };
    const [kind, unit] = [plot.dataset['kind'] ?? '', plot.dataset['unit'] ?? ''];
    const lines = [...plot.querySelectorAll('[data-line]')];
    return { plot, kind, unit, lines, whole, now: whole,
      left: side('x'), top: side('y'), width: side('width'), height: side('height') };
  };

  const views = [...document.querySelectorAll('svg.plot[data-kind]')].flatMap((plot) =>
    plot instanceof SVGSVGElement ? [viewOf(plot)] : []);

  /** Charts that are zoomed together: those of one service with the same axis. @param {View} view */
  const together = (view) => {
    const part = view.plot.closest('article, section, details');
    return views.filter((one) => one.kind === view.kind && one.plot.closest('article, section, details') === part);
  };

  /** Where values are drawn. @param {View} view @param {Range} range @param {number} x */
  const acrossAt = (view, range, x) => view.left + ((x - range.from) / (range.to - range.from)) * view.width;
  /** @param {View} view @param {Range} range @param {number} y */
  const upAt = (view, range, y) => view.top + view.height - ((y - range.low) / (range.high - range.low)) * view.height;

  /** @param {string} tag @param {Record<string, string | number>} attributes @param {string} text */
  const drawn = (tag, attributes, text = '') => {
    const element = document.createElementNS('http://www.w3.org/2000/svg', tag);
    for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, String(value));
    element.textContent = text;
    return element;
  };

  /** Round values in a range. @param {number} from @param {number} to */
  const ticks = (from, to) => {
    const power = 10 ** Math.floor(Math.log10((to - from) / 4));
    const step = ([1, 2, 5, 10].find((one) => one * power >= (to - from) / 4) ?? 10) * power;
    const decimals = Math.max(0, -Math.floor(Math.log10(step)));
    const first = Math.ceil(from / step);
    return Array.from({ length: Math.floor(to / step) - first + 1 }, (_, index) => (first + index) * step).map(
      (at) => ({ at, text: written(at, decimals) }));
  };

  /** Seconds since the start; not a number outside the recording. @param {View} view @param {number} x */
  const timeAt = (view, x) => {
    const series = result.plots[Number(view.lines[0]?.getAttribute('data-series') ?? NaN)];
    return series === undefined ? NaN : perRequest ? between(series.requests, series.time, x) : x;
  };

  /** The clock at x, of each version if they did not run at the same time. @param {View} view @param {number} x */
  const clocksAt = (view, x) => {
    const time = timeAt(view, x);
    const clocks = view.lines.flatMap((line) => {
      const zero = clockOf(line);
      return Number.isNaN(zero) || Number.isNaN(time) ? [] : [{ zero, arm: line.getAttribute('data-line') ?? '' }];
    });
    const [first] = clocks;
    if (first !== undefined && clocks.every(({ zero }) => Math.abs(zero - first.zero) < 1000))
      return [clockTime(first.zero, time) + ' UTC'];
    return clocks.map(({ zero, arm }) => clockTime(zero, time) + ' UTC (' + arm + ')');
  };

  /** New axes for the part that is shown; those of the whole chart are hidden. @param {View} view */
  const axes = (view) => {
    const { plot, now, left, top, width, height } = view;
    const group = drawn('g', { class: 'live' });
    for (const { at, text } of ticks(now.low, now.high)) {
      const y = upAt(view, now, at);
      group.append(drawn('line', { class: 'grid', x1: left, x2: left + width, y1: y, y2: y }));
      group.append(drawn('text', { class: 'tick end', x: left - 6, y: y + 4 }, text));
    }
    for (const { at, text } of ticks(now.from, now.to)) {
      const x = acrossAt(view, now, at);
      group.append(drawn('line', { class: 'axis', x1: x, x2: x, y1: top + height, y2: top + height + 4 }));
      group.append(drawn('text', { class: 'tick middle', x, y: top + height + 17 }, text));
      const time = timeAt(view, at);
      const clocks = clocksAt(view, at);
      const below = [...(perRequest && !Number.isNaN(time) ? [written(time, 1) + ' s'] : []),
        ...(clocks.length === 1 ? [clocks[0]?.replace(' UTC', '').slice(-8) ?? ''] : [])];
      below.forEach((text, row) =>
        group.append(drawn('text', { class: 'tick middle', x, y: top + height + 30 + 13 * row }, text)));
    }
    plot.append(group);
  };

  /** Shows a part of a chart, at full height. @param {View} view @param {number} from @param {number} to */
  const showPart = (view, from, to) => {
    const { plot, whole, unit, lines, left, top, width, height } = view;
    plot.querySelector('g.live')?.remove();
    const isAll = from <= whole.from && to >= whole.to;
    const factor = unit === 'MiB' ? MIB : 1;
    const values = lines
      .flatMap((line) => Array.from({ length: 101 }, (_, step) => read(line, from + ((to - from) * step) / 100)))
      .filter(Number.isFinite)
      .map((value) => value / factor);
    const air = Math.max((Math.max(...values) - Math.min(...values)) * 0.1, (whole.high - whole.low) / 200);
    view.now = isAll || values.length === 0 ? whole
      : { from, to, low: Math.min(...values) - air, high: Math.max(...values) + air };
    const [x0, x1] = [acrossAt(view, whole, view.now.from), acrossAt(view, whole, view.now.to)];
    const [y0, y1] = [upAt(view, whole, view.now.high), upAt(view, whole, view.now.low)];
    const box = isAll ? [left, top, width, height] : [x0, y0, x1 - x0, y1 - y0];
    for (const area of plot.querySelectorAll(':scope > svg')) area.setAttribute('viewBox', box.join(' '));
    plot.classList.toggle('zoomed', !isAll);
    if (!isAll) axes(view);
  };

  /** Zooms all charts that belong together. @param {View} view @param {number} from @param {number} to */
  const zoom = (view, from, to) => {
    const { whole } = view;
    const least = (whole.to - whole.from) / 200;
    const [start, end] = [Math.max(whole.from, from), Math.min(whole.to, to)];
    if (end - start < least) return;
    for (const one of together(view)) showPart(one, start, end);
    unmark();
  };

  /** A factor below 1 shows less, around x. @param {View} view @param {number} x @param {number} factor */
  const zoomAround = (view, x, factor) => {
    const { from, to } = view.now;
    const length = (to - from) * factor;
    const start = Math.max(view.whole.from, x - ((x - from) / (to - from)) * length);
    zoom(view, start, start + length);
  };
`;
