import { isIP } from 'node:net';
import {
  HOUR_SECONDS,
  requestsIn,
  type ArmSettings,
  type GateSettings,
  type RequestSpan,
  type Scenario,
} from '../model/index.js';
import { PRESET_EXTRAS, PRESETS, type ScenarioFile } from '../schema/index.js';
import {
  DEFAULT_HOURLY_MARGIN,
  DEFAULT_MARGIN,
  DEFAULT_RATE,
  FEWEST_REQUESTS,
  LOOK_WEIGHTS,
  SHORTEST_WINDOW_SECONDS,
} from '../statistics/method.js';

/** The file's values with every default filled in. */
export function toScenario(input: ScenarioFile, file: string): Scenario {
  const preset = PRESETS[input.experiment.preset];
  const extras = PRESET_EXTRAS[input.experiment.preset];
  const looks = input.experiment.looks ?? preset.looks;
  const traffic = toTraffic(input.traffic, extras.repeat);
  return {
    name: input.name,
    description: input.description.trim(),
    file,
    expect: input.expect ?? null,
    arms: { baseline: toArm(input.arms.baseline), candidate: toArm(input.arms.candidate) },
    stack: input.stack,
    observe: { ...input.observe, lens: input.observe.lens ?? extras.lens },
    traffic,
    experiment: {
      order: input.experiment.order,
      looks,
      warmup: withRepeated(input.experiment.warmup ?? preset.warmup, traffic),
      window: longEnough(input.experiment.window ?? preset.window, input.traffic.rate),
      idleSeconds: input.experiment.idle ?? preset.idleSeconds,
      ...(input.experiment.actions.length === 0 ? {} : { actions: input.experiment.actions }),
    },
    identity: input.identity,
    gate: toGate({ ...input.gate, confirm: input.gate.confirm ?? extras.confirm }, looks.length),
  };
}

/** A variable without a value gets it from the environment, as in Compose. */
function toArm({ environment, ...arm }: ScenarioFile['arms']['baseline']): ArmSettings {
  const entries = Object.entries(environment).map(([name, value]) => [name, value ?? `\${env:${name}}`]);
  return { ...arm, environment: Object.fromEntries(entries) as Readonly<Record<string, string>> };
}

/**
 * A warm-up that sends each repeated request once still does if the rate is lowered later. One that does not is a
 * fault: see `checkRepeat`.
 */
function withRepeated(warmup: RequestSpan, { repeat = 0, rate }: Scenario['traffic']): RequestSpan {
  return { ...warmup, requests: Math.max(warmup.requests, Math.min(repeat, requestsIn(warmup, rate))) };
}

/** While the rate is not known, no window is too short to be judged. */
function longEnough({ requests, seconds }: RequestSpan, rate: ScenarioFile['traffic']['rate']): RequestSpan {
  return rate === 'auto'
    ? { requests: Math.max(requests, 2 * FEWEST_REQUESTS), seconds: Math.max(seconds, SHORTEST_WINDOW_SECONDS) }
    : { requests, seconds };
}

function toTraffic(
  {
    rate,
    journeys,
    phases,
    protocol,
    tls,
    proxyProtocol,
    keepAlive,
    reconnect,
    repeat: stated,
    ...rest
  }: ScenarioFile['traffic'],
  usual: number | null,
): Scenario['traffic'] {
  const repeat = stated ?? usual;
  return {
    ...rest,
    ...(repeat !== null && { repeat }),
    ...(journeys.length > 0 && { journeys }),
    ...(phases && { phases }),
    ...(protocol && { protocol }),
    ...(tls && { tls: { ...tls, serverName: tls.serverName === undefined ? nameOf(rest.host) : tls.serverName } }),
    ...(proxyProtocol && { proxyProtocol }),
    ...(keepAlive && { keepAlive }),
    ...(reconnect && { reconnectEvery: reconnect }),
    ...toRate(rate),
  };
}

/** Until the ramp has found an automatic rate, the default rate is assumed. */
function toRate(rate: ScenarioFile['traffic']['rate']): Pick<Scenario['traffic'], 'rate' | 'rateMode'> {
  if (rate === 'auto') return { rate: DEFAULT_RATE, rateMode: 'auto' };
  return typeof rate === 'number' ? { rate, rateMode: 'stated' } : { rate: rate.upTo, rateMode: 'upTo' };
}

/** The server name that a TLS client takes from a Host header: the name without the port. An address is not a name. */
function nameOf(host: string): string | null {
  const name = host.replace(/:\d+$/, '');
  return isIP(name.replace(/^\[|\]$/g, '')) === 0 ? name : null;
}

type StatedGate = ScenarioFile['gate'] & Pick<GateSettings, 'confirm'>;

function toGate(gate: StatedGate, looks: number): GateSettings {
  const { production } = gate;
  return {
    marginBytesPerRequest: marginOf(gate),
    marginBytesPerHour: hourlyMarginOf(gate),
    production: production
      ? {
          ratePerSecond: production.rate,
          headroomBytes: production.headroom,
          surviveSeconds: production.survive,
        }
      : null,
    alpha: gate.alpha,
    lookWeights: LOOK_WEIGHTS[looks] ?? [],
    confirm: gate.confirm,
    prior: gate.prior,
    findings: gate.findings,
  };
}

/** The stated margin, otherwise what production can accept, otherwise the default. */
export function marginOf({ margin, production }: ScenarioFile['gate']): number {
  if (margin?.request !== undefined) return margin.request;
  return production ? production.headroom / (production.rate * production.survive) : DEFAULT_MARGIN;
}

/** The same for growth with time alone, in bytes per hour. */
function hourlyMarginOf({ margin, production }: ScenarioFile['gate']): number {
  if (margin?.hour !== undefined) return margin.hour;
  return production ? (production.headroom / production.survive) * HOUR_SECONDS : DEFAULT_HOURLY_MARGIN;
}
