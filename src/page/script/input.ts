/** Mouse, touch and keys on the charts, and the buttons of the chart in use. */
export const INPUT = String.raw`
  /** The value under a pointer. @param {View} view @param {PointerEvent | MouseEvent} event */
  const underPointer = (view, event) => {
    const matrix = view.plot.getScreenCTM();
    if (matrix === null) return NaN;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix.inverse()).x;
    const share = Math.min(1, Math.max(0, (at - view.left) / view.width));
    return view.now.from + share * (view.now.to - view.now.from);
  };

  const tools = document.createElement('div');
  tools.className = 'tools';
  tools.setAttribute('role', 'group');
  tools.setAttribute('aria-label', 'Zoom of these charts');
  /** The chart that was used last. @type {View | null} */
  let used = null;
  /** @param {string} text @param {string} label @param {(view: View) => void} act */
  const button = (text, label, act) => {
    const element = document.createElement('button');
    element.type = 'button';
    element.textContent = text;
    element.setAttribute('aria-label', label);
    element.addEventListener('click', () => used !== null && act(used));
    tools.append(element);
  };
  /** @param {View} view */
  const middle = (view) => (marked?.view === view ? marked.x : (view.now.from + view.now.to) / 2);
  /** @param {View} view */
  const showAll = (view) => zoom(view, view.whole.from, view.whole.to);
  button('+', 'Zoom in', (view) => zoomAround(view, middle(view), 0.5));
  button('−', 'Zoom out', (view) => zoomAround(view, middle(view), 2));
  button('All', 'Show all', showAll);

  /** @param {View} view */
  const use = (view) => {
    used = view;
    const figure = view.plot.closest('figure');
    if (figure !== null && tools.parentElement !== figure) figure.append(tools);
  };

  /** Where a drag with the mouse began, and what shows it. @type {{x: number, shade: SVGElement} | null} */
  let drag = null;
  /** @param {View} view @param {PointerEvent} event */
  const moved = (view, event) => {
    const x = underPointer(view, event);
    mark(view, x);
    if (drag === null) return;
    const ends = [acrossAt(view, view.now, drag.x), acrossAt(view, view.now, x)];
    drag.shade.setAttribute('x', String(Math.min(...ends)));
    drag.shade.setAttribute('width', String(Math.abs((ends[0] ?? 0) - (ends[1] ?? 0))));
  };
  /** @param {View} view @param {PointerEvent} event */
  const pressed = (view, event) => {
    use(view);
    mark(view, underPointer(view, event));
    if (event.pointerType === 'touch' || event.button !== 0) return;
    drag = { x: underPointer(view, event), shade: drawn('rect', { class: 'drag', y: view.top, height: view.height }) };
    view.plot.append(drag.shade);
    view.plot.setPointerCapture(event.pointerId);
  };
  /** @param {View} view @param {PointerEvent} event */
  const released = (view, event) => {
    if (drag === null) return;
    const ends = [drag.x, underPointer(view, event)];
    drag.shade.remove();
    drag = null;
    if (Math.abs((ends[0] ?? 0) - (ends[1] ?? 0)) > (view.now.to - view.now.from) / 40)
      zoom(view, Math.min(...ends), Math.max(...ends));
  };

  /** @param {View} view @param {KeyboardEvent} event */
  const typed = (view, event) => {
    const { from, to } = view.now;
    const x = marked?.view === view ? marked.x : from;
    const step = ((to - from) / 50) * (event.shiftKey ? 5 : 1);
    /** @type {Record<string, () => void>} */
    const keys = {
      ArrowLeft: () => mark(view, Math.max(from, x - step)),
      ArrowRight: () => mark(view, Math.min(to, x + step)),
      Home: () => mark(view, from),
      End: () => mark(view, to),
      '+': () => zoomAround(view, middle(view), 0.5),
      '-': () => zoomAround(view, middle(view), 2),
      Escape: () => showAll(view),
    };
    const act = keys[event.key];
    if (act === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act();
  };

  for (const view of views) {
    const { plot } = view;
    plot.tabIndex = 0;
    plot.addEventListener('focus', () => use(view));
    plot.addEventListener('blur', unmark);
    plot.addEventListener('keydown', (event) => typed(view, event));
    plot.addEventListener('pointerdown', (event) => pressed(view, event));
    plot.addEventListener('pointermove', (event) => moved(view, event));
    plot.addEventListener('pointerup', (event) => released(view, event));
    plot.addEventListener('dblclick', () => showAll(view));
    // A finger that is lifted leaves the values to be read.
    plot.addEventListener('pointerleave', (event) => event.pointerType !== 'touch' && unmark());
  }
  addEventListener('scroll', unmark, { passive: true });
`;
