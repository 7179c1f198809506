import { readFile } from 'node:fs/promises';
import { isIP } from 'node:net';
import { dirname, resolve } from 'node:path';
import { requestsIn, SlopegateError, type GateSettings, type RequestSpan, type Scenario } from '../model/index.js';
import { checkActions } from './check-actions.js';
import { locateIssue } from './issue.js';
import {
  DEFAULT_MARGIN,
  DEFAULT_RATE,
  FEWEST_REQUESTS,
  LOOK_WEIGHTS,
  SHORTEST_WINDOW_SECONDS,
} from '../statistics/method.js';
import { PRESETS } from './presets.js';
import { scenarioSchema, type ScenarioFile } from './schema.js';
import { absolutePaths, extendsOf, mergeSources } from './extends.js';
import { parseYaml, type YamlSource } from './source.js';

/** Seconds at the ends of a window of which no reading tells. */
const UNREAD_SECONDS = 2;

/**
 * Reads and validates a scenario file, and the files it extends.
 * @throws SlopegateError SCENARIO_UNREADABLE, SCENARIO_SYNTAX or SCENARIO_INVALID with `file:line:column` and a hint
 */
export async function loadScenario(path: string): Promise<Scenario> {
  const file = resolve(path);
  return validate(await readSource(file, []), file);
}

/**
 * The same from text that extends nothing; `file` is the path that errors name and that relative paths are resolved
 * against.
 */
export function parseScenario(text: string, file: string): Scenario {
  return validate(absolutePaths(parseYaml(text, file), dirname(file)), file);
}

async function readSource(file: string, children: readonly string[]): Promise<YamlSource> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new SlopegateError('SCENARIO_UNREADABLE', `cannot read the scenario ${file}`, {
      cause,
      hint: 'give the path of a scenario YAML file, for example scenarios/modsecurity-crs/upgrade.yaml',
    });
  });
  const source = absolutePaths(parseYaml(text, file), dirname(file));
  const parent = extendsOf(source);
  if (parent === null) return source;
  const parentFile = resolve(dirname(file), parent);
  if ([...children, file].includes(parentFile)) {
    throw new SlopegateError('SCENARIO_INVALID', `extends: ${parent} extends this file in turn`, {
      location: source.locate(['extends']),
      hint: 'a scenario can extend another, but not in a circle',
    });
  }
  return mergeSources(source, await readSource(parentFile, [...children, file]));
}

function validate(source: YamlSource, file: string): Scenario {
  const parsed = scenarioSchema.safeParse(source.value);
  if (!parsed.success) throw locateIssue(parsed.error.issues, source);
  const scenario = toScenario(parsed.data, file);
  refuseShortWindow(scenario, source);
  checkActions(scenario, source);
  return scenario;
}

/** A window that could never be judged is refused before an hour is spent on it. */
function refuseShortWindow(
  { experiment: { window }, traffic: { rate, schedule } }: Scenario,
  source: YamlSource,
): void {
  // Recorded timing has its own rate, known when the recording is read.
  if (schedule?.kind === 'recorded') return;
  const requests = requestsIn(window, rate);
  const fewest = Math.ceil(Math.max(SHORTEST_WINDOW_SECONDS * rate, FEWEST_REQUESTS + UNREAD_SECONDS * rate));
  if (requests >= fewest) return;
  throw new SlopegateError(
    'SCENARIO_INVALID',
    `experiment.window: ${requests} requests at ${rate}/s last ${(requests / rate).toFixed(0)} s, too short to be judged`,
    {
      location: source.locate(['experiment', 'window']),
      hint: `at this rate a window needs at least ${fewest} requests (${Math.ceil(fewest / rate)} s)`,
    },
  );
}

function toScenario(input: ScenarioFile, file: string): Scenario {
  const preset = PRESETS[input.experiment.preset];
  const looks = input.experiment.looks ?? preset.looks;
  return {
    name: input.name,
    description: input.description.trim(),
    file,
    expect: input.expect ?? null,
    arms: input.arms,
    stack: input.stack,
    observe: input.observe,
    traffic: toTraffic(input.traffic),
    experiment: {
      order: input.experiment.order,
      looks,
      warmup: input.experiment.warmup ?? preset.warmup,
      window: longEnough(input.experiment.window ?? preset.window, input.traffic.rate),
      idleSeconds: input.experiment.idle ?? preset.idleSeconds,
      ...(input.experiment.actions.length === 0 ? {} : { actions: input.experiment.actions }),
    },
    identity: input.identity,
    gate: toGate(input.gate, looks.length),
  };
}

/** At a rate that is still to be found no window comes out too short to be judged. */
function longEnough({ requests, seconds }: RequestSpan, rate: number | 'auto'): RequestSpan {
  return rate === 'auto'
    ? { requests: Math.max(requests, 2 * FEWEST_REQUESTS), seconds: Math.max(seconds, SHORTEST_WINDOW_SECONDS) }
    : { requests, seconds };
}

/** Until the ramp has found it, an automatic rate is taken to be the default one. */
function toTraffic({
  rate,
  phases,
  protocol,
  tls,
  keepAlive,
  reconnect,
  ...rest
}: ScenarioFile['traffic']): Scenario['traffic'] {
  return {
    ...rest,
    ...(phases && { phases }),
    ...(protocol && { protocol }),
    ...(tls && { tls: { ...tls, serverName: tls.serverName === undefined ? nameOf(rest.host) : tls.serverName } }),
    ...(keepAlive && { keepAlive }),
    ...(reconnect && { reconnectEvery: reconnect }),
    ...(rate === 'auto' ? { rate: DEFAULT_RATE, rateMode: 'auto' } : { rate, rateMode: 'stated' }),
  };
}

/** What of a Host header a TLS client asks for: a name without the port; an address is no name. */
function nameOf(host: string): string | null {
  const name = host.replace(/:\d+$/, '');
  return isIP(name.replace(/^\[|\]$/g, '')) === 0 ? name : null;
}

function toGate(gate: ScenarioFile['gate'], looks: number): GateSettings {
  const production = gate.production
    ? {
        ratePerSecond: gate.production.rate,
        headroomBytes: gate.production.headroom,
        surviveSeconds: gate.production.survive,
      }
    : null;
  const derived = production
    ? production.headroomBytes / (production.ratePerSecond * production.surviveSeconds)
    : DEFAULT_MARGIN;
  return {
    marginBytesPerRequest: gate.margin ?? derived,
    production,
    alpha: gate.alpha,
    lookWeights: LOOK_WEIGHTS[looks] ?? [],
    confirm: gate.confirm,
    prior: gate.prior,
    findings: gate.findings,
  };
}
