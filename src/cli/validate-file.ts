import { resolve } from 'node:path';
import { diffFiles, type FileDifferences } from '../arms/index.js';
import {
  faultsOfError,
  SlopegateError,
  type Context,
  type InputFault,
  type OnEvent,
  type Scenario,
} from '../model/index.js';
import { feasibilityOf, infeasibleWords } from '../planning/feasibility.js';
import { typicalNoise } from '../planning/noise.js';
import { inspectScenario, inspectText, inspectWithFiles, type Inspected, type Overrides } from '../scenario/index.js';
import { textOf } from '../yaml/index.js';
import { openTraffic } from '../run/traffic.js';

/** Requests generated to prove that every template of a scenario can be filled. */
const SAMPLE_REQUESTS = 1000;
const SAMPLE_BYTES = 64 * 2 ** 20;

/** A scenario file that was read to its end, including its traffic. */
export interface Validated {
  readonly file: string;
  /** Null if an error was found. */
  readonly scenario: Scenario | null;
  readonly faults: readonly InputFault[];
  /** Labels of the requests that would be sent. */
  readonly labels: readonly string[];
  readonly arms: FileDifferences;
}

const NOTHING_READ: FileDifferences = { differences: [], unknown: [] };

/**
 * Everything that can be said about a scenario without Docker. `-` is standard input. Faults of the file are returned,
 * never thrown.
 */
export async function validateFile(file: string, context: Context, overrides: Overrides = {}): Promise<Validated> {
  const warnings: InputFault[] = [];
  const onEvent: OnEvent = (event) => {
    if (event.type === 'warning') warnings.push({ ...trafficFault(event.text), severity: 'warning' });
  };
  try {
    const { scenario: stated, faults, source } = await inspect(file, context, overrides);
    if (stated === null) return { file, scenario: null, faults, labels: [], arms: NOTHING_READ };
    const { scenario, traceOf } = await openTraffic(stated, onEvent);
    const { labels } = traceOf(sampleSize(traceOf(1).kinds[0]?.body?.length ?? 0));
    const beforehand = infeasible(scenario, source);
    const arms = await diffFiles(stated, context.env);
    return { file, scenario, faults: [...faults, ...warnings, ...beforehand], labels: Object.keys(labels), arms };
  } catch (error) {
    if (!(error instanceof SlopegateError)) throw error;
    return { file, scenario: null, faults: [...warnings, ...faultsOfError(error)], labels: [], arms: NOTHING_READ };
  }
}

async function inspect(file: string, { input, cwd, env }: Context, overrides: Overrides) {
  if (file !== '-') return inspectWithFiles(await inspectScenario(resolve(cwd, file), overrides), env);
  if (input === undefined) throw new SlopegateError('USAGE', 'there is no standard input to read');
  return inspectWithFiles(
    await inspectText(await textOf(input, 'standard input', 'SCENARIO_SYNTAX'), cwd, overrides),
    env,
  );
}

/** Warns the user before a run that will mostly not decide. */
function infeasible(scenario: Scenario, { place }: Inspected['source']): InputFault[] {
  const words = infeasibleWords(feasibilityOf(scenario, typicalNoise()));
  if (words === null) return [];
  const path = scenario.gate.production === null ? ['gate', 'margin'] : ['gate', 'production'];
  return [{ code: 'SCENARIO_INVALID', kind: 'cannot-decide', severity: 'warning', ...words, place: place(path) }];
}

const sampleSize = (bodyBytes: number): number =>
  Math.max(1, Math.min(SAMPLE_REQUESTS, Math.floor(SAMPLE_BYTES / Math.max(1, bodyBytes))));

const trafficFault = (message: string): InputFault => ({
  code: 'TRAFFIC_INVALID',
  kind: 'traffic-warning',
  severity: 'error',
  message,
  hint: null,
  place: null,
});
