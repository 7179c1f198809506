/** The crosshair: the values of both versions and their difference. It is drawn in all charts of the same kind. */
export const MARKER = String.raw`
  const tip = document.createElement('div');
  tip.className = 'tip';
  tip.setAttribute('role', 'status');
  tip.hidden = true;
  document.body.append(tip);

  /** What is marked at present. @type {{view: View, x: number} | null} */
  let marked = null;

  /** @param {string} text */
  const row = (text) => {
    const element = document.createElement('div');
    element.textContent = text;
    return element;
  };

  const clear = () => {
    for (const old of document.querySelectorAll('svg.plot .cross')) old.remove();
  };
  const unmark = () => {
    marked = null;
    tip.hidden = true;
    clear();
  };

  /** Where x is: the request, the seconds since the trial began, the clock. @param {View} view @param {number} x */
  const placeWords = (view, x) => {
    const time = timeAt(view, x);
    const after = Number.isNaN(time) ? [] : [written(time, 1) + ' s after the start'];
    const place = perRequest ? ['request ' + written(x, 0), ...after] : ['second ' + written(x, 0)];
    return [...place, ...clocksAt(view, x)].join(', ');
  };

  /** @param {View} view @param {number} x */
  const rows = (view, x) => {
    const values = view.lines.map((line) => ({ name: line.getAttribute('data-line') ?? '', value: read(line, x) }));
    const texts = values.map(({ name, value }) => name + ': ' + amount(value, view.unit));
    const [baseline, candidate] = ['baseline', 'candidate'].map((arm) => values.find(({ name }) => name === arm));
    if (baseline !== undefined && candidate !== undefined)
      texts.push('difference: ' + amount(candidate.value - baseline.value, view.unit));
    return [placeWords(view, x), ...texts].map(row);
  };

  /** A line in every chart of this kind, and points on the curves of one. @param {View} view @param {number} x */
  const mark = (view, x) => {
    clear();
    marked = { view, x };
    for (const one of views.filter(({ kind, now }) => kind === view.kind && x >= now.from && x <= now.to)) {
      const { now, plot, top, height, unit } = one;
      const at = acrossAt(one, now, x);
      plot.append(drawn('line', { class: 'cross', x1: at, x2: at, y1: top, y2: top + height }));
      if (one !== view) continue;
      for (const line of one.lines) {
        const y = upAt(one, now, read(line, x) / (unit === 'MiB' ? MIB : 1));
        if (y >= top && y <= top + height) plot.append(drawn('circle', { class: 'cross', cx: at, cy: y, r: 3.5 }));
      }
    }
    tip.replaceChildren(...rows(view, x));
    tip.hidden = false;
    // Beside the line, so that neither a finger nor the text covers the curves. Set through the style object, because
    // the policy forbids style attributes in the markup.
    const box = view.plot.getBoundingClientRect();
    const matrix = view.plot.getScreenCTM() ?? undefined;
    const onScreen = new DOMPoint(acrossAt(view, view.now, x), 0).matrixTransform(matrix);
    const right = onScreen.x + 12;
    const fits = right + tip.offsetWidth < innerWidth - 8;
    tip.style.left = Math.max(8, fits ? right : right - 24 - tip.offsetWidth) + 'px';
    tip.style.top = Math.max(8, Math.min(innerHeight - tip.offsetHeight - 8, box.bottom - tip.offsetHeight / 2)) + 'px';
  };
`;
