import { both, jobs, leak, none, scattered, sometimes, straight } from '../generator/growth.js';
import type { Scale, Section } from '../harness/cell.js';
import { presetDesign, singleLook } from '../procedure/design.js';
import { outcomes, type Row } from './outcomes.js';
import { alike } from './services.js';

const MIB = 2 ** 20;
const RECORDED = { warmup: 60, rate: 75 };
const DESIGNS = [
  singleLook(3, { ...RECORDED, window: 120 }),
  singleLook(5, { ...RECORDED, window: 120 }),
  singleLook(5, { ...RECORDED, window: 300 }),
  presetDesign('gate'),
];
const RESOLUTIONS = { '4 KiB': 4096, '0.1 MiB': 0.1 * MIB, '1 MiB': MIB, '10 MiB': 10 * MIB } as const;
const harmless = (service: Row['service']): Row => ({ service, fail: 0.01 });
const leaks = (service: Row['service']): Row => ({ service, pass: 0.05 });

const ROWS: Readonly<Record<string, Row>> = {
  ...Object.fromEntries(
    Object.entries(RESOLUTIONS).flatMap(([name, resolution]) => [
      [`no leak, rounded to ${name}`, harmless({ ...alike('plain'), resolution })],
      [`both grow by 30, rounded to ${name}`, harmless({ ...alike('plain'), shared: straight(30), resolution })],
      [`leak 64, rounded to ${name}`, leaks({ ...alike('plain', leak(64)), resolution })],
      [`leak 256, rounded to ${name}`, leaks({ ...alike('plain', leak(256)), resolution })],
    ]),
  ),
  'no leak, 30 % of the readings missing': harmless({ ...alike('plain'), missing: 0.3 }),
  'leak 64, 30 % of the readings missing': leaks({ ...alike('plain', leak(64)), missing: 0.3 }),
  'candidate noisier: its growth scatters by 30': harmless(alike('plain', scattered(30))),
  'candidate noisier: its growth scatters by 100': harmless(alike('plain', scattered(100))),
  'one outlier in five: +1,024': harmless(alike('plain', sometimes(0.2, straight(1024)))),
  'leak 128, and one outlier in five: −1,024': leaks(alike('plain', both(leak(128), sometimes(0.2, straight(-1024))))),
  ...Object.fromEntries(
    [30, 60, 90, 120].flatMap((period) => [
      [`job of 5 MB for 10 s every ${period} s`, harmless(alike('plain', jobs(5e6, 10, period)))],
      [`job of 20 MB for ${period / 3} s every ${period} s`, harmless(alike('plain', jobs(20e6, period / 3, period)))],
    ]),
  ),
  'job of 5 MB for 10 s every 60 s in both, leak 256': leaks({
    ...alike('plain', leak(256)),
    shared: jobs(5e6, 10, 60),
  }),
  'no leak (control)': harmless(alike('plain', none)),
};

/** Readings that are rounded or missing, noisier candidates, outliers and jobs: both errors. */
export function readings(scale: Scale): Section {
  return outcomes(
    { name: 'readings', title: 'Rounded and missing readings, noisy candidates, outliers, jobs', divide: 8 },
    ROWS,
    DESIGNS,
    scale,
  );
}
