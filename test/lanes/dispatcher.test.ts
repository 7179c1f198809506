import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Dispatcher } from '../../src/lanes/dispatcher.js';
import type { Lane } from '../../src/lanes/lane.js';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const lanes = Array.from({ length: 3 }, (): Lane => ({
  send: ({ method, target, headers, body, label }) => ({ method, target, headers, body, label }),
  refresh: () => {},
  giveUp: () => {},
}));
const [a, b, c] = lanes as [Lane, Lane, Lane];

function dispatching(total: number, gapMs: number): { dispatcher: Dispatcher; sent: string[]; wanted: () => number } {
  const sent: string[] = [];
  let wanted = 0;
  const started = performance.now();
  const dispatcher = new Dispatcher({
    total,
    due: (index) => index * gapMs,
    clock: () => performance.now(),
    send: (lane, index) =>
      sent.push(`${index}${'abc'[lanes.indexOf(lane)]}@${Math.round(performance.now() - started)}`),
    wanted: () => wanted++,
  });
  return { dispatcher, sent, wanted: () => wanted };
}

describe('Dispatcher', () => {
  test('sends each request when it is due, on the connection that has been free longest', () => {
    const { dispatcher, sent } = dispatching(4, 10);
    for (const lane of lanes) dispatcher.free(lane);
    vi.advanceTimersByTime(25);
    expect(sent).toEqual([]);
    dispatcher.start();
    vi.advanceTimersByTime(15);
    dispatcher.free(a);
    vi.advanceTimersByTime(100);
    expect(sent).toEqual(['0a@25', '1b@35', '2c@45', '3a@55']);
  });

  test('sends delayed requests as soon as a connection is free, and asks for one more', () => {
    const { dispatcher, sent, wanted } = dispatching(4, 10);
    dispatcher.start();
    vi.advanceTimersByTime(25);
    expect(wanted()).toBe(1);
    dispatcher.free(b);
    dispatcher.free(c);
    dispatcher.free(a);
    vi.advanceTimersByTime(100);
    expect(sent).toEqual(['0b@25', '1c@25', '2a@25']);
    dispatcher.free(b);
    expect(sent).toHaveLength(4);
  });

  test('keeps to the schedule without drifting', () => {
    const { dispatcher, sent } = dispatching(1000, 1000 / 75);
    dispatcher.start();
    dispatcher.free(a);
    for (let ms = 0; ms < 14_000; ms++) {
      vi.advanceTimersByTime(1);
      dispatcher.free(a);
    }
    expect(sent).toHaveLength(1000);
    expect(
      sent.every((one) => Math.abs(Number(one.split('@')[1]) - (Number.parseInt(one, 10) * 1000) / 75) <= 1.5),
    ).toBe(true);
  });

  test('replaces connections that were idle for long, and uses the first that is established again', () => {
    const { dispatcher, sent, wanted } = dispatching(2, 6000);
    const refreshed = lanes.map((lane) => vi.spyOn(lane, 'refresh'));
    for (const lane of lanes) dispatcher.free(lane);
    dispatcher.start();
    vi.advanceTimersByTime(5000);
    dispatcher.free(a);
    vi.advanceTimersByTime(3000);
    expect(refreshed.map((spy) => spy.mock.calls.length)).toEqual([0, 1, 1]);
    expect(sent).toEqual(['0a@0', '1a@6000']);
    expect(wanted()).toBe(0);
  });

  test('never uses a closed connection, and reserves one for a request that must follow at once', () => {
    const { dispatcher, sent } = dispatching(3, 10);
    dispatcher.free(a);
    dispatcher.free(b);
    dispatcher.gone(a);
    dispatcher.hold(c);
    dispatcher.start();
    expect(sent).toEqual(['0c@0']);
    vi.advanceTimersByTime(100);
    expect(sent).toEqual(['0c@0', '1b@10']);
    dispatcher.stop();
    dispatcher.free(a);
    expect(sent).toHaveLength(2);
  });
});
