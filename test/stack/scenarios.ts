import { fileURLToPath } from 'node:url';
import type { Scenario, SlopegateError, StackSettings } from '../../src/model/index.js';

export const ROOT = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

let runs = 0;

/** A run id that no other test has. */
export function newRun(): string {
  runs += 1;
  return `test-${process.pid}-${runs}`;
}

export function fixture(name: string): string {
  return `${ROOT}/test/stack/fixtures/${name}`;
}

/** A scenario with the stated stack; the rest of it is not used. */
export function scenarioOf(
  compose: readonly string[],
  stack: Partial<StackSettings> = {},
  suites: readonly [string, string] = ['bookworm', 'trixie'],
): Scenario {
  const arm = (suite: string) => ({ label: suite, compose, environment: { SUITE: suite } });
  return {
    name: 'test',
    description: '',
    file: `${ROOT}/scenario.yaml`,
    // Most of these arms are alike, on purpose.
    expect: 'same',
    arms: { baseline: arm(suites[0]), candidate: arm(suites[1]) },
    stack: {
      entry: { service: 'waf', port: 8080 },
      origin: { service: 'origin', port: 9090 },
      ready: { path: '/', status: 200, timeoutSeconds: 60 },
      limits: { memoryBytes: null, cpus: null },
      roles: {},
      unjudged: [],
      ...stack,
    },
    traffic: { seed: 1, rate: 1, host: 'localhost', fields: {}, mix: [], blockedStatuses: [403] },
    experiment: {
      order: 'concurrent',
      looks: [3],
      warmup: { requests: 0, seconds: 0 },
      window: { requests: 1, seconds: 0 },
      idleSeconds: 0,
    },
    identity: { decisionTolerance: 0, paceTolerance: 0 },
    gate: {
      marginBytesPerRequest: 32,
      production: null,
      alpha: { fail: 0.05, pass: 0.05, guard: 0.01 },
      lookWeights: [1],
      confirm: 'never',
      findings: {},
    },
  };
}

/** A one-container stack of a fixture: no WAF, no origin. */
export function smallScenario(name: string, stack: Partial<StackSettings> = {}): Scenario {
  return scenarioOf([fixture(name)], { entry: { service: 'web', port: 80 }, origin: null, ...stack });
}

/** The error that the work ends with; an error of its own where it ends well. */
export async function failureOf(work: Promise<unknown>): Promise<SlopegateError> {
  try {
    await work;
  } catch (error) {
    return error as SlopegateError;
  }
  throw new Error('it was to fail, and did not');
}

export const calm = (): AbortSignal => new AbortController().signal;
export const silent = (): void => {};
