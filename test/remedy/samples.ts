import type { ActionRecord, Reading } from '../../src/model/index.js';
import { applicationsOf, type RemedyEvidence } from '../../src/remedy/index.js';
import type { Remedy, RemedySeries } from '../../src/results/index.js';

export const MIB = 1024 ** 2;
/** Seconds between two applications, and growth in bytes per second and per request of these samples. */
export const EVERY = 20;
const RATE = 100;
const PER_REQUEST = 1024;
const CLIMB = PER_REQUEST * RATE * EVERY;
const START = 30 * MIB;

export const restart: Remedy = { kind: 'restart', service: 'waf', detail: null };
export const reload: Remedy = { kind: 'signal', service: 'waf', detail: 'HUP' };

export const action = (number: number, changes: Partial<ActionRecord> = {}): ActionRecord => ({
  name: 'remedy',
  service: 'waf',
  due: number * EVERY * RATE,
  sent: number * EVERY * RATE,
  time: number * EVERY,
  requests: number * EVERY * RATE,
  seconds: 1,
  failure: null,
  ...changes,
});

export const reading = (time: number, bytes: number | undefined, container = 1, service = 'waf'): Reading => ({
  service,
  container,
  time,
  requests: time * RATE,
  minimum: bytes === undefined ? {} : { unreclaimable_bytes: bytes },
  median: {},
});

/**
 * Memory that climbs between applications, and falls at each one.
 * @param leaves bytes that application `number` leaves behind
 * @param givesBack share of what was built up that each gives back
 */
export function sawtooth(times: number, leaves: (number: number) => number, givesBack = 1): RemedySeries {
  const time = Array.from({ length: (times + 1) * EVERY }, (_, i) => i + 1);
  let kept = START;
  const bytes = time.map((second) => {
    if (second > EVERY && second % EVERY === 1) kept += leaves(Math.floor(second / EVERY)) + (1 - givesBack) * CLIMB;
    return kept + ((second - 1) % EVERY) * (CLIMB / EVERY);
  });
  return { time, bytes, tasks: time.map(() => null) };
}

/** Memory of the same growth without the remedy. */
function straight(times: number): RemedySeries {
  const time = Array.from({ length: (times + 1) * EVERY }, (_, i) => i + 1);
  return { time, bytes: time.map((second) => START + second * (CLIMB / EVERY)), tasks: time.map(() => null) };
}

/** A test of so many applications with this memory. */
export function evidence(series: RemedySeries, times: number, changes: Partial<RemedyEvidence> = {}): RemedyEvidence {
  const { kind } = changes.remedy ?? reload;
  const actions = Array.from({ length: times }, (_, i) => action(i + 1));
  return {
    remedy: reload,
    rate: { tested: RATE, meant: RATE },
    every: { tested: EVERY, meant: 3600 },
    requestsBetween: { tested: EVERY * RATE, meant: 3600 * RATE },
    survive: 30 * 86_400,
    growth: PER_REQUEST,
    limit: { bytes: 2048 * MIB, source: 'limit' },
    applications: applicationsOf({ kind, actions, series, events: [], every: EVERY, lost: null }),
    without: straight(times),
    highest: Math.max(...series.bytes),
    ends: 0,
    cutOff: null,
    isSameImage: true,
    ...changes,
  };
}
