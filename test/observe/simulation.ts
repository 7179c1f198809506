import type { ContainerClient, ContainerSignal, ContainerState, Timers } from '../../src/observe/index.js';

export interface SimulatedClock {
  readonly timers: Timers;
  readonly now: () => number;
  /** Lets so many seconds pass, callback by callback, each with its promises settled. */
  pass(seconds: number): Promise<void>;
  /** Time goes on while nothing runs, as in a blocked process. */
  block(seconds: number): void;
}

export function simulatedClock(start = 0): SimulatedClock {
  let now = start;
  let due: { at: number; call: () => void }[] = [];
  return {
    now: () => now,
    timers: {
      after: (milliseconds, call) => {
        const entry = { at: now + milliseconds / 1000, call };
        due.push(entry);
        return () => void (due = due.filter((other) => other !== entry));
      },
    },
    block: (seconds) => void (now += seconds),
    pass: async (seconds) => {
      const until = now + seconds;
      await settle();
      for (;;) {
        due.sort((a, b) => a.at - b.at);
        const next = due[0];
        if (next === undefined || next.at > until) break;
        due.shift();
        now = Math.max(now, next.at);
        next.call();
        await settle();
      }
      now = Math.max(now, until);
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export interface SimulatedDaemon extends ContainerClient {
  /** What inspect answers; a missing container is 404. */
  readonly states: Map<string, ContainerState>;
  /** Makes every question fail, and the open streams end. */
  goAway(): void;
  comeBack(): void;
  say(signal: ContainerSignal): void;
  send(id: string, document: unknown): void;
  /** What the sidecar of a container answers from now on; null if none can be started. */
  answer(id: string, answer: (() => unknown) | null): void;
  /** Sidecars that were started and not yet removed. */
  readonly sidecars: Set<string>;
  inspections: number;
}

export function simulatedDaemon(states: Readonly<Record<string, ContainerState>>): SimulatedDaemon {
  let away = false;
  const signals = new Set<(signal: ContainerSignal) => void>();
  const stats = new Map<string, (document: unknown) => void>();
  const answers = new Map<string, () => unknown>();
  const endings: (() => void)[] = [];
  const open = (close: () => void) => {
    if (away) throw new Error('connect ECONNREFUSED');
    const { promise, resolve } = withResolvers();
    const end = () => {
      close();
      resolve();
    };
    endings.push(end);
    return { close: end, ended: promise };
  };
  const daemon: SimulatedDaemon = {
    states: new Map(Object.entries(states)),
    inspections: 0,
    cgroupVersion: async () => 2,
    inspect: async (id) => {
      daemon.inspections += 1;
      if (away) throw new Error('connect ECONNREFUSED');
      return daemon.states.get(id) ?? null;
    },
    signals: async (_, onSignal) => {
      const stream = open(() => signals.delete(onSignal));
      signals.add(onSignal);
      return stream;
    },
    stats: async (id, onDocument) => {
      const stream = open(() => stats.delete(id));
      stats.set(id, onDocument);
      return stream;
    },
    sidecar: async (id, onDocument) => {
      if (!answers.has(id) || daemon.states.get(id)?.running !== true)
        throw new Error('cannot join PID of a non running container');
      const stream = open(() => daemon.sidecars.delete(id));
      daemon.sidecars.add(id);
      return { ...stream, ask: () => onDocument(answers.get(id)?.()) };
    },
    sidecars: new Set(),
    answer: (id, answer) => void (answer === null ? answers.delete(id) : answers.set(id, answer)),
    goAway: () => {
      away = true;
      for (const end of endings.splice(0)) end();
    },
    comeBack: () => void (away = false),
    say: (signal) => signals.forEach((listener) => listener(signal)),
    send: (id, document) => stats.get(id)?.(document),
  };
  return daemon;
}

function withResolvers(): { promise: Promise<void>; resolve: () => void } {
  let resolve = (): void => undefined;
  const promise = new Promise<void>((settled) => (resolve = settled));
  return { promise, resolve };
}
