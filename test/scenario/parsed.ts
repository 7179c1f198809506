import { SlopegateError, type Scenario } from '../../src/model/index.js';
import { parseScenario } from '../../src/scenario/index.js';

/** The error with which something is refused. */
export function refusalOf(attempt: () => unknown): SlopegateError {
  try {
    attempt();
  } catch (error) {
    if (error instanceof SlopegateError) return error;
    throw error;
  }
  throw new Error('it was accepted');
}

/** A small scenario with this under `traffic`. */
export function parsedWith(traffic: string): Scenario {
  return parseScenario(
    `slopegate: 1
name: tiny
arms:
  baseline: { label: old, compose: a.yml }
  candidate: { label: new, compose: b.yml }
stack: { entry: "waf:8080" }
traffic:
${traffic.replace(/^/gm, '  ')}
`,
    '/s/x.yaml',
  );
}
