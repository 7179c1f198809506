import type { HostLoad } from '../../model/index.js';
import type { TrialSummary } from '../../results/index.js';
import { clockTime } from '../../words/clock.js';
import { h, type Element } from '../node.js';
import { framed, SIZE } from './frame.js';
import { path } from './path.js';
import { extent, scale } from './scale.js';
import { sharedClock } from './time-rows.js';

/** Which share is drawn, with the class of its line. */
const LINES = [
  ['cpu', 'line'],
  ['stolen', 'fit'],
] as const satisfies readonly (readonly [keyof HostLoad, string])[];

/**
 * One picture per pair of trials: how busy the host of each arm was, in per cent of the time, against seconds since the
 * trial began. Empty if no host tells it.
 */
export function hostPlots(trials: readonly TrialSummary[]): readonly Element[] {
  const told = trials.filter(({ hostLoads = [] }) =>
    hostLoads.some(({ cpu, stolen }) => cpu !== null || stolen !== null),
  );
  const pairs = new Map<string, TrialSummary[]>();
  for (const trial of told) {
    const name = `${trial.purpose === 'confirmation' ? 'Longer pair' : 'Replicate'} ${trial.replicate}`;
    pairs.set(name, [...(pairs.get(name) ?? []), trial]);
  }
  const end = extent(told.flatMap(({ hostLoads = [] }) => hostLoads.map(({ time }) => time)))[1];
  return [...pairs].map(([name, pair]) => hostPlot(name, pair, end));
}

function hostPlot(name: string, pair: readonly TrialSummary[], end: number): Element {
  const x = scale(0, end, SIZE.left, SIZE.right);
  const y = scale(0, 100, SIZE.bottom, SIZE.top);
  const zero = sharedClock(pair);
  return h(
    'figure',
    {},
    h('figcaption', {}, name),
    framed(
      {
        x,
        y,
        xTitle: zero === undefined ? 'seconds since the trial began' : 'seconds since the start, UTC',
        rows: zero === undefined ? [] : [(seconds) => clockTime(zero, seconds)],
        yUnit: '%',
        label: `${name}: share of the time in which a process of the host waited for a CPU, and processor time stolen`,
        data: {},
      },
      null,
      pair.flatMap(({ arm, hostLoads = [] }) =>
        LINES.map(([what, look]) =>
          h('path', {
            class: `${look} ${arm}`,
            fill: 'none',
            d: path(
              hostLoads.map(({ time, seconds }) => time - seconds / 2),
              hostLoads.map((load) => (load[what] ?? Number.NaN) * 100),
              x,
              y,
            ),
          }),
        ),
      ),
    ),
  );
}
