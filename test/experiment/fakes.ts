import { setImmediate } from 'node:timers/promises';
import { say } from '../../src/words/say.js';
import { planExperiment, type Experiment } from '../../src/experiment/index.js';
import {
  SlopegateError,
  type ActionRecord,
  type ExperimentSettings,
  type Journal,
  type Observer,
  type ProgressEvent,
  type Replayer,
  type ReplayResult,
  type Scenario,
  type Stack,
  type Trace,
} from '../../src/model/index.js';

export const SETTINGS: ExperimentSettings = {
  order: 'concurrent',
  looks: [3, 5],
  warmup: { requests: 10, seconds: 0 },
  window: { requests: 20, seconds: 0 },
  idleSeconds: 1,
};

/** A small house of real, tiny implementations of every port, on a clock that jumps; `log` tells the story in order. */
export function fakeExperiment(overrides: Partial<Experiment> = {}, settings: ExperimentSettings = SETTINGS) {
  const log: string[] = [];
  const events: ProgressEvent[] = [];
  const up = new Set<string>();
  const actions: (ActionRecord & { readonly trial: string })[] = [];
  let now = 0;

  const stack: Stack = {
    prepare: async () => {},
    up: async ({ arm, trialId, signal }) => {
      await setImmediate();
      if (signal.aborted) throw new SlopegateError('INTERRUPTED', 'interrupted');
      log.push(`up ${trialId}`);
      up.add(trialId);
      return {
        arm,
        project: trialId,
        entry: { host: '127.0.0.1', port: 1 },
        containers: [],
        facts: [],
        perform: async ({ name }) => void log.push(`${trialId} does ${name}`),
        lastLog: async ({ service }) => `${service} of ${trialId} ran out of ideas`,
        resetOrigin: async () => {},
        originCounts: async () => ({ requests: 30, digest: 'd' }),
        [Symbol.asyncDispose]: async () => {
          if (up.delete(trialId)) log.push(`down ${trialId}`);
        },
      };
    },
  };
  const replayer: Replayer = {
    name: 'fake',
    start: ({ trace, rate }) => {
      const began = now;
      const answered = (): number => Math.min(trace.length, Math.floor((now - began) * (rate ?? 1)));
      const done = (async () => {
        while (answered() < trace.length) await setImmediate();
        return { answered: trace.length } as ReplayResult;
      })();
      return { answered, sent: answered, done };
    },
  };
  const observer: Observer = {
    observe: async () => ({ source: 'fake', notes: [], [Symbol.asyncDispose]: async () => {} }),
  };
  const journal: Journal = {
    note: () => {},
    trialStarted: ({ id }) => void log.push(`begin ${id}`),
    clockAtZero: (id, at) => void log.push(`${id} second 0 was ${at}`),
    containers: () => {},
    reading: () => {},
    event: () => {},
    log: (id, { service }, text) => void log.push(`${id} ${service} last wrote: ${text}`),
    action: (id, action) => void actions.push({ trial: id, ...action }),
    phase: (id, { name, from, to }) => void log.push(`${id} ${name} ${from.requests}..${to.requests}`),
    replay: (id) => void log.push(`replay ${id}`),
    origin: () => {},
    host: () => {},
    setAside: (id, why) => void log.push(`aside ${id}: ${why.code}`),
    trialEnded: (id, failure) => void log.push(`end ${id}${failure === null ? '' : `: ${say(failure)}`}`),
  };
  const experiment: Experiment = {
    scenario: {
      traffic: { blockedStatuses: [403] },
      identity: { decisionTolerance: 0, paceTolerance: 0.05 },
      arms: { baseline: {}, candidate: {} },
      stack: {
        entry: { service: 'waf', port: 8080 },
        origin: { service: 'origin', port: 9000 },
        roles: {},
        unjudged: [],
      },
      gate: { findings: {} },
    } as unknown as Scenario,
    plan: planExperiment(settings, 10),
    runId: 'run',
    traceOf: (requests) => ({ length: requests }) as Trace,
    stack,
    replayer,
    observer,
    host: {
      open: async () => ({
        notes: [],
        sample: async () => ({ cpu: null, memory: null, io: null, stolen: null }),
      }),
    },
    journal,
    clock: {
      seconds: () => now,
      now: () => new Date(now * 1000),
      sleep: async (seconds, signal) => {
        if (signal.aborted) throw new SlopegateError('INTERRUPTED', 'interrupted');
        now += seconds;
        await setImmediate();
      },
    },
    decide: async () => 'continue',
    onEvent: (event) => void events.push(event),
    signal: new AbortController().signal,
    ...overrides,
  };
  return { experiment, log, events, up, actions };
}
