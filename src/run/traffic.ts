import { loadCorpora } from '../corpus/index.js';
import { planExperiment } from '../experiment/index.js';
import type { OnEvent, Scenario, Trace, TrafficSettings } from '../model/index.js';
import { loadTls, type ReplayerOptions } from '../replay/index.js';
import { buildTrace, recordedSources, type Corpora, type JudgedSpan, type SentTraffic } from '../traffic/index.js';
import { readBodyFiles } from './body-files.js';
import { withSecrets } from './traffic-secrets.js';

/** Requests read from a recording while the rate, and so the length of the trace, is not known yet. */
const UNKNOWN_LENGTH = 200_000;

export interface OpenTraffic {
  /** The scenario, with the rate of its recording if it is replayed as it was recorded. */
  readonly scenario: Scenario;
  /** Traces by length and judged part. Each one is built once: both arms and every replicate get the same value. */
  readonly traceOf: (requests: number, span?: JudgedSpan) => Trace;
  /** How they are sent. */
  readonly sending: ReplayerOptions;
  /** The traffic itself, with secrets and files filled in, and its recorded requests. */
  readonly sent: SentTraffic;
  readonly corpora: Corpora;
}

/**
 * Reads the recorded requests and the certificates of a scenario, and makes its traces. @throws SlopegateError
 * TRAFFIC_INVALID
 */
export async function openTraffic(
  stated: Scenario,
  onEvent: OnEvent,
  env: Readonly<Record<string, string | undefined>> | null = null,
): Promise<OpenTraffic> {
  const corpora = await loadCorpora(stated.traffic, {
    most: longestTrace(stated),
    onWarning: (text) => onEvent({ type: 'warning', text }),
  });
  for (const [number, source] of recordedSources(stated.traffic).entries()) {
    onEvent({
      type: 'step',
      text:
        `${corpora[number]?.length ?? 0} recorded requests from ` +
        (source.kind === 'corpus' ? source.file : source.paths.join(', ')),
    });
  }
  const scenario = atRecordedRate(stated, corpora);
  // Without an environment, secrets stay references. This is enough to see whether requests can be made.
  const known = env === null ? scenario.traffic : withSecrets(scenario.traffic, env);
  const sent = { ...known, files: await readBodyFiles(known) };
  const traces = new Map<string, Trace>();
  const traceOf = (requests: number, span?: JudgedSpan): Trace => {
    const key = JSON.stringify([requests, span]);
    const trace = traces.get(key) ?? buildTrace(sent, requests, corpora, span);
    if (!traces.has(key))
      onEvent({ type: 'step', text: `trace of ${requests} requests, SHA-256 ${trace.digest.slice(0, 16)}…` });
    traces.set(key, trace);
    return trace;
  };
  // Traffic that cannot be made is an error before anything is started.
  buildTrace(sent, 1, corpora);
  return { scenario, traceOf, sending: await sendingOf(scenario.traffic), sent, corpora };
}

async function sendingOf({
  engine = 'auto',
  schedule = { kind: 'bursts' },
  protocol,
  tls,
  proxyProtocol,
  keepAlive,
  reconnectEvery,
}: TrafficSettings): Promise<ReplayerOptions> {
  return {
    engine,
    schedule,
    ...(protocol && { protocol }),
    ...(tls && { tls: await loadTls(tls) }),
    ...(proxyProtocol && { proxyProtocol }),
    ...(keepAlive && { keepAlive }),
    ...(reconnectEvery && { reconnectEvery }),
  };
}

function longestTrace({ experiment, traffic }: Scenario): number {
  const { rounds, confirmation } = planExperiment(experiment, traffic.rate);
  const longest = Math.max(1, ...[...rounds, ...confirmation].map(({ requests }) => requests.warmup + requests.window));
  return traffic.rateMode === 'auto' || traffic.schedule?.kind === 'recorded'
    ? Math.max(longest, UNKNOWN_LENGTH)
    : longest;
}

/** Plans and figures need a rate. With recorded timing it is the mean rate. */
function atRecordedRate(scenario: Scenario, [corpus = []]: Corpora): Scenario {
  const { schedule } = scenario.traffic;
  const last = corpus.at(-1)?.at ?? null;
  if (schedule?.kind !== 'recorded' || last === null || last <= 0) return scenario;
  const rate = Number(((1000 * schedule.speed * Math.max(1, corpus.length - 1)) / last).toPrecision(4));
  return { ...scenario, traffic: { ...scenario.traffic, rate, rateMode: 'stated' } };
}
