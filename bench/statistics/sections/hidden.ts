import { both, leak, onsetAt, release, stepAnywhere, stepAt, straight } from '../generator/growth.js';
import type { Scale, Section } from '../harness/cell.js';
import { presetDesign, singleLook } from '../procedure/design.js';
import { outcomes, type Row } from './outcomes.js';
import { alike } from './services.js';

const MIB = 2 ** 20;
const RECORDED = { warmup: 60, rate: 75 };
const DESIGNS = [
  ...[3, 5, 8].map((replicates) => singleLook(replicates, { ...RECORDED, window: 120 })),
  ...[3, 5, 8].map((replicates) => singleLook(replicates, { ...RECORDED, window: 300 })),
  presetDesign('gate'),
];
/** The largest accepted share of false PASSes if a leak is hidden. */
const MOST = 0.05;

const behind = (bytes: number, tau: number, perRequest: number): Row => ({
  service: alike('plain', both(leak(perRequest), release(bytes, tau))),
  pass: MOST,
});
/** Memory that is given back at once, this much at each of these shares of the window. */
const falls = (perRequest: number, ...falls: readonly (readonly [share: number, bytes: number])[]): Row['service'] =>
  alike('plain', both(leak(perRequest), ...falls.map(([share, bytes]) => stepAt(share, -bytes))));
const released = [2, 5, 8, 20].flatMap((mib) => [60, 100, 200].map((tau) => ({ mib, tau })));

const ROWS: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    released.map(({ mib, tau }) => [`leak 256 behind ${mib} MiB, tau ${tau} s`, behind(mib * MIB, tau, 256)]),
  ),
  'leak 1,024 behind 40 MiB, tau 100 s': behind(40 * MIB, 100, 1024),
  'leak 64 behind 2 MiB, tau 60 s': behind(2 * MIB, 60, 64),
  'leak 128 behind 4 MiB, tau 100 s': behind(4 * MIB, 100, 128),
  'falls by 64 until 60 %, then leaks 128': {
    service: alike('plain', both(straight(-64), onsetAt(0.6, 192))),
    pass: MOST,
  },
  'leak 256 beside a baseline that fills, 8 MiB, tau 100 s': {
    service: { ...alike('plain', leak(256)), baselineGrowth: (...drawn) => negative(release(8 * MIB, 100)(...drawn)) },
    pass: MOST,
  },
  'leak 64 from 80 % of the window': { service: alike('plain', onsetAt(0.8, 64)), pass: MOST },
  'leak 128 from 80 %': { service: alike('plain', onsetAt(0.8, 128)), pass: MOST },
  'leak 256 from 80 %': { service: alike('plain', onsetAt(0.8, 256)), pass: MOST },
  'leak 64, 0.5 MiB given back at once at 60 %': { service: falls(64, [0.6, MIB / 2]), pass: MOST },
  'leak 64, 1 MiB at 60 %': { service: falls(64, [0.6, MIB]), pass: MOST },
  'leak 64, 4 MiB at 60 %': { service: falls(64, [0.6, 4 * MIB]), pass: MOST },
  'leak 64, 0.5 MiB at 20 % and 1 MiB at 60 %': { service: falls(64, [0.2, MIB / 2], [0.6, MIB]), pass: MOST },
  'leak 64, 0.5 to 2 MiB at any time': {
    service: alike('plain', both(leak(64), stepAnywhere(-2 * MIB, -MIB / 2))),
    pass: MOST,
  },
  'no leak, 1 MiB given back at once at 60 %': { service: falls(0, [0.6, MIB]), fail: 0.005 },
  'no leak, 0.5 MiB at 20 % and 1 MiB at 60 %': { service: falls(0, [0.2, MIB / 2], [0.6, MIB]), fail: 0.005 },
  'no leak behind 20 MiB, tau 60 s': { service: alike('plain', release(20 * MIB, 60)), fail: 0.005 },
  'no leak behind 5 MiB, tau 200 s': { service: alike('plain', release(5 * MIB, 200)), fail: 0.005 },
  'both give back 20 MiB, tau 100 s; no leak': {
    service: { ...alike('plain'), shared: release(20 * MIB, 100) },
    fail: 0.005,
  },
};

function negative(memory: (second: number, request: number) => number): (second: number, request: number) => number {
  return (second, request) => -memory(second, request);
}

/** Leaks that something hides: false PASSes with nginx-like noise. */
export function hidden(scale: Scale): Section {
  return outcomes(
    { name: 'hidden', title: 'Leaks behind memory that is given back, and late ones: false PASS', divide: 8 },
    ROWS,
    DESIGNS,
    scale,
  );
}
