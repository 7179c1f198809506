import { both, dip, fill, leak, logarithm, rampUntil, release, root, stepAt, straight } from '../generator/growth.js';
import type { Scale, Section } from '../harness/cell.js';
import { presetDesign, singleLook } from '../procedure/design.js';
import { outcomes, type Row } from './outcomes.js';
import { alike } from './services.js';

const MIB = 2 ** 20;
const MB = 1e6;
const RECORDED = { warmup: 60, rate: 75 };
const DESIGNS = [
  singleLook(3, { ...RECORDED, window: 120 }),
  singleLook(5, { ...RECORDED, window: 120 }),
  singleLook(3, { ...RECORDED, window: 300 }),
  singleLook(5, { ...RECORDED, window: 300 }),
  presetDesign('gate'),
  presetDesign('standard'),
];
/** No more false FAILs than this. */
const MOST = 0.01;
const harmless = (service: Row['service']): Row => ({ service, fail: MOST });

const ROWS: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    [0.25, 0.5, 1, 2, 5, 10].flatMap((mb) =>
      [5, 30].map((t0) => [`${mb} MB · ln(1 + t/${t0} s)`, harmless(alike('plain', logarithm(mb * MB, t0)))]),
    ),
  ),
  ...Object.fromEntries(
    // 2 MB slows down by less than the noise shows (docs/bench-statistics.md).
    (
      [
        [1, MOST],
        [2, 0.2],
        [5, 0.05],
        [10, 0.05],
        [25, MOST],
      ] as const
    ).map(([mb, fail]) => [
      `${mb} MB · √(t/300 s)`,
      { service: alike('plain', root(mb * MB)), fail, unconfirmed: true },
    ]),
  ),
  ...Object.fromEntries(
    [0.75, 0.8, 0.85, 0.9, 0.95].map((share) => [
      `cache full at ${100 * share} %, 256 B/request`,
      harmless(alike('plain', rampUntil(share, 256))),
    ]),
  ),
  'cache full at 90 %, 1,024 B/request': harmless(alike('plain', rampUntil(0.9, 1024))),
  'two reloads of 18 MB at 33 and 67 %': harmless(alike('plain', both(stepAt(1 / 3, 18 * MB), stepAt(2 / 3, 18 * MB)))),
  'two reloads of 4 and 9 MB at 20 and 75 %': harmless(alike('plain', both(stepAt(0.2, 4 * MB), stepAt(0.75, 9 * MB)))),
  'fill 25 MB, tau 200 s': harmless(alike('plain', fill(25 * MB, 200))),
  'baseline falls by 64, candidate flat': harmless({ ...alike('plain'), baselineGrowth: straight(-64) }),
  'baseline falls by 256': harmless({ ...alike('plain'), baselineGrowth: straight(-256) }),
  'baseline falls by 1,024': harmless({ ...alike('plain'), baselineGrowth: straight(-1024) }),
  'baseline gives back 10 MiB, tau 60 s': harmless({ ...alike('plain'), baselineGrowth: release(10 * MIB, 60) }),
  'baseline gives back 10 MiB, tau 300 s': harmless({ ...alike('plain'), baselineGrowth: release(10 * MIB, 300) }),
  'both fall by 100, no leak': { service: { ...alike('plain'), shared: straight(-100) }, fail: 0.005 },
  'leak 64 (power)': { service: alike('plain', leak(64)), pass: MOST },
  'leak 128 (power)': { service: alike('plain', leak(128)), pass: MOST },
  'leak 64 on lua (power)': { service: alike('lua', leak(64)), pass: 0.05 },
  'leak 128 on lua (power)': { service: alike('lua', leak(128)), pass: MOST },
  'leak 64 on apache (power)': { service: alike('apache', leak(64)), pass: MOST },
  'leak 256 on a sawtooth (power)': { service: alike('saw', leak(256)), pass: 0.05 },
  'leak 64, nothing else (power)': { service: alike('flat', leak(64)), pass: MOST },
  'leak 48, nothing else (power)': { service: alike('flat', leak(48)), pass: MOST },
  'leak 5,000, one dip of 30 MB in the baseline (power)': {
    service: { ...alike('plain', leak(5000)), baselineGrowth: dip(30 * MB, 20) },
    pass: MOST,
  },
  'leak 1,300, one dip of 30 MB in the baseline (power)': {
    service: { ...alike('plain', leak(1300)), baselineGrowth: dip(30 * MB, 20) },
    pass: MOST,
  },
  'leak 64 beside a step of 18 MB at 30 % (power)': {
    service: alike('plain', both(stepAt(0.3, 18 * MB), leak(64))),
    pass: MOST,
  },
};

/**
 * Growth that slows down or stops, and candidates that do not grow: false FAILs, and what the guards cost if there is a
 * leak.
 */
export function slowing(scale: Scale): Section {
  return outcomes(
    { name: 'slowing', title: 'Growth that slows down, and candidates that do not grow: false FAIL', divide: 8 },
    ROWS,
    DESIGNS,
    scale,
  );
}
