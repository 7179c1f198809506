import { expect, test } from 'vitest';
import { createHostWatch, waitedMicroseconds } from '../../../src/observe/host/host-watch.js';

const pressure = (total: number): string =>
  `some avg10=0.00 avg60=0.00 avg300=0.00 total=${total}\nfull avg10=0.00 avg60=0.00 avg300=0.00 total=1\n`;
const stat = (busy: number, stolen: number): string =>
  `cpu  ${busy} 0 0 0 0 0 0 ${stolen} 0 0\ncpu0 1 0 0 0 0 0 0 0 0 0\n`;

function watchOver(looks: readonly Readonly<Record<string, string>>[]) {
  let look = 0;
  let now = 100;
  const watch = createHostWatch({
    readHostFile: async (_, path) => looks[look]?.[path] ?? null,
    seconds: () => now,
  });
  return {
    watch,
    after: (seconds: number) => {
      look += 1;
      now += seconds;
    },
  };
}

test('shares of the time between two looks', async () => {
  const { watch, after } = watchOver([
    { '/proc/pressure/cpu': pressure(7_000_000), '/proc/pressure/io': pressure(0), '/proc/stat': stat(1000, 10) },
    { '/proc/pressure/cpu': pressure(9_000_000), '/proc/pressure/io': pressure(500_000), '/proc/stat': stat(1180, 30) },
  ]);
  const meter = await watch.open('baseline');
  expect(meter.notes).toEqual([]);
  after(5);
  expect(await meter.sample()).toEqual({ cpu: 0.4, memory: null, io: 0.1, stolen: 0.1 });
});

test('a host without pressure information says so, and still gives the stolen time', async () => {
  const { watch, after } = watchOver([{ '/proc/stat': stat(0, 0) }, { '/proc/stat': stat(90, 10) }]);
  const meter = await watch.open('candidate');
  expect(meter.notes).toEqual([{ code: 'pressure-unknown', facts: {} }]);
  after(1);
  expect(await meter.sample()).toEqual({ cpu: null, memory: null, io: null, stolen: 0.1 });
});

test('a host that cannot be asked gives no numbers', async () => {
  const { watch, after } = watchOver([]);
  const meter = await watch.open('baseline');
  after(5);
  expect(await meter.sample()).toEqual({ cpu: null, memory: null, io: null, stolen: null });
});

test('reads "some" of a pressure file alone', () => {
  expect(waitedMicroseconds(pressure(123))).toBe(123);
  expect(waitedMicroseconds('full avg10=0.00 total=7')).toBeNull();
});
