import { SlopegateError, type Bursts, type Schedule, type Trace } from '../model/index.js';

/** When request `index` is due, in milliseconds after the start. */
export type Due = (index: number) => number;

/** Null for "as fast as the target answers". */
export function dueTimes(schedule: Schedule, rate: number | null, trace: Trace): Due | null {
  if (schedule.kind === 'recorded') return recorded(schedule.speed, trace);
  if (rate === null) return null;
  switch (schedule.kind) {
    case 'bursts': // which the job asks for by itself
    case 'constant':
      return constantRate(rate);
    case 'poisson':
      return poisson(rate, trace);
    case 'ramp':
      break;
  }
  return ramp(schedule.from * rate, rate, trace.requests.length);
}

/** Whether a request that is due at this millisecond leaves in a burst. */
export function inBurst(dueAt: number, { share, everySeconds }: Bursts): boolean {
  const every = everySeconds * 1000;
  return dueAt % every < share * every;
}

/** The same schedule, but what is due in the first part of each stretch of time leaves at the stretch's start. */
export function inBursts(due: Due, bursts: Bursts): Due {
  const every = bursts.everySeconds * 1000;
  return (index) => {
    const at = due(index);
    return inBurst(at, bursts) ? Math.floor(at / every) * every : at;
  };
}

export function constantRate(rate: number): Due;
export function constantRate(rate: number | null): Due | null;
export function constantRate(rate: number | null): Due | null {
  return rate === null ? null : (index) => (index * 1000) / rate;
}

/**
 * splitmix32 (Sebastiano Vigna's splitmix64 in 32 bits), good enough for gaps; the requests themselves are drawn
 * elsewhere.
 */
function poisson(rate: number, trace: Trace): Due {
  let state = trace.seed | 0;
  const uniform = (): number => {
    state = (state + 0x9e3779b9) | 0;
    let x = state ^ (state >>> 16);
    x = Math.imul(x, 0x21f0aaad);
    x = Math.imul(x ^ (x >>> 15), 0x735a2d97);
    return ((x ^ (x >>> 15)) >>> 0) / 2 ** 32;
  };
  const times = new Float64Array(trace.requests.length);
  let time = 0;
  for (let i = 0; i < times.length; i++) {
    times[i] = time;
    time += (-Math.log(1 - uniform()) * 1000) / rate;
  }
  return (index) => times[index] ?? time;
}

/**
 * The inverse of requests sent by time t under a rate that rises evenly: n(t) = from·t + (to − from)·t²/2T with n(T) =
 * count.
 */
function ramp(from: number, to: number, count: number): Due {
  const total = (2 * count) / (from + to);
  const slope = (to - from) / total;
  if (slope === 0) return constantRate(to);
  return (index) => (1000 * (Math.sqrt(from * from + 2 * slope * index) - from)) / slope;
}

function recorded(speed: number, trace: Trace): Due {
  const missing = trace.requests.find(({ at }) => at === undefined);
  if (missing !== undefined) {
    throw new SlopegateError('TRAFFIC_INVALID', `Request ${missing.index} ("${missing.label}") has no recorded time`, {
      hint: 'Only traffic imported from a format with times can be replayed at its own pace; state a rate instead',
    });
  }
  return (index) => (trace.requests[index]?.at ?? 0) / speed;
}
