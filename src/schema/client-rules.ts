import {
  CONNECTION_HEADERS,
  isTrailers,
  type EngineChoice,
  type KeepAlive,
  type Protocol,
  type ProxyProtocol,
  type RequestTemplate,
  type Schedule,
  type TrafficSource,
} from '../model/index.js';
import type { StatedTls } from './clients.js';

export interface StatedTraffic {
  readonly engine: EngineChoice;
  readonly schedule: Schedule;
  readonly protocol?: Protocol | undefined;
  readonly tls?: StatedTls | undefined;
  readonly proxyProtocol?: ProxyProtocol | undefined;
  readonly keepAlive?: KeepAlive | undefined;
  readonly reconnect?: number | undefined;
  readonly mix: readonly StatedRequest[];
  readonly journeys: readonly { readonly steps: readonly StatedRequest[] }[];
  readonly sources: readonly TrafficSource[];
}

type StatedRequest = Pick<RequestTemplate, 'behaviour' | 'headers'>;

/** Templates and steps of journeys, each with its place under `traffic`. */
function requestsOf({
  mix,
  journeys,
}: StatedTraffic): readonly (StatedRequest & { readonly path: readonly PropertyKey[] })[] {
  return [
    ...mix.map((template, i) => ({ ...template, path: ['mix', i] })),
    ...journeys.flatMap(({ steps }, i) => steps.map((step, j) => ({ ...step, path: ['journeys', i, 'steps', j] }))),
  ];
}

export interface Fault {
  readonly path: readonly PropertyKey[];
  readonly message: string;
}

/**
 * Settings without effect, and settings that the stated engine or protocol cannot do, each with its place under
 * `traffic`.
 */
export function clientFaults(traffic: StatedTraffic): readonly Fault[] {
  return [
    ...engineFaults(traffic),
    ...keepAliveFaults(traffic),
    ...(traffic.protocol?.kind === 'http2' ? http2Faults(traffic) : []),
    ...certificateFaults(traffic),
  ];
}

function engineFaults(traffic: StatedTraffic): readonly Fault[] {
  const { engine, schedule, protocol, tls, proxyProtocol, keepAlive, reconnect } = traffic;
  const http2 = protocol?.kind === 'http2';
  const fault = (message: string): readonly Fault[] => [{ path: ['engine'], message }];
  if (engine === 'h2' && !http2) return fault('h2 speaks only HTTP/2; add protocol: http2');
  if ((engine === 'wire' || engine === 'autocannon') && http2)
    return fault(`${engine} does not speak HTTP/2; use h2, or auto`);
  if (engine !== 'autocannon') return [];
  if (schedule.kind !== 'constant' && schedule.kind !== 'bursts')
    return fault(`autocannon has no ${schedule.kind} schedule; use wire, or auto`);
  if (requestsOf(traffic).some(({ behaviour }) => behaviour !== undefined))
    return fault('autocannon cannot send a behaviour; use wire, or auto');
  const [foreign] =
    Object.entries({ tls, proxyProtocol, keepAlive, reconnect }).find(([, one]) => one !== undefined) ?? [];
  return foreign === undefined ? [] : fault(`autocannon has no ${foreign} here; use wire, or auto`);
}

function keepAliveFaults({ keepAlive }: StatedTraffic): readonly Fault[] {
  if (keepAlive === undefined || keepAlive.requests !== undefined || keepAlive.seconds !== undefined) return [];
  return [{ path: ['keepAlive'], message: 'is empty; give it requests, seconds, or both' }];
}

function http2Faults(traffic: StatedTraffic): readonly Fault[] {
  const { sources } = traffic;
  const inRequests = requestsOf(traffic).flatMap(({ behaviour = {}, headers, path }): readonly Fault[] => {
    const foreign = Object.keys(behaviour).find((key) => key !== 'abort');
    const [connection] =
      Object.entries(headers).find(
        ([name, value]) => CONNECTION_HEADERS.includes(name.toLowerCase()) && !isTrailers(name.toLowerCase(), value),
      ) ?? [];
    const { abort } = behaviour;
    return [
      ...(foreign === undefined
        ? []
        : [
            {
              path: [...path, 'behaviour'],
              message:
                `with HTTP/2 the only behaviour is abort; move this template to another ` +
                `scenario, with protocol: http1`,
            },
          ]),
      ...(abort !== undefined && (abort.of === 'request') !== (abort.bytes === null)
        ? [
            {
              path: [...path, 'behaviour', 'abort'],
              message: 'HTTP/2 cancels {of: request, after: all} or {of: response, after: 4KiB}',
            },
          ]
        : []),
      ...(connection === undefined
        ? []
        : [{ path: [...path, 'headers', connection], message: `HTTP/2 has no ${connection} header; remove it` }]),
    ];
  });
  const exact = sources.findIndex((source) => source.kind === 'import' && source.exact);
  return exact === -1
    ? inRequests
    : [
        ...inRequests,
        {
          path: ['sources', exact, 'exact'],
          message: 'exact bytes need HTTP/1; remove exact, or use protocol: http1',
        },
      ];
}

function certificateFaults(traffic: StatedTraffic): readonly Fault[] {
  const { tls } = traffic;
  const known = tls?.clientCertificates.length ?? 0;
  return requestsOf(traffic).flatMap(({ behaviour: { clientCertificate, session } = {}, path }): readonly Fault[] => {
    const key = clientCertificate === undefined ? 'session' : 'clientCertificate';
    if (clientCertificate === undefined && session === undefined) return [];
    if (tls === undefined) return [{ path: [...path, 'behaviour', key], message: 'needs traffic.tls' }];
    if ((clientCertificate ?? 0) <= known) return [];
    return [
      {
        path: [...path, 'behaviour', key],
        message:
          known === 0
            ? 'traffic.tls has no clientCertificate'
            : `traffic.tls has ${known} client certificate${known === 1 ? '' : 's'}`,
      },
    ];
  });
}
