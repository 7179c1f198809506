import type { JourneyStep, RequestTemplate, Scenario } from '../model/index.js';
import { duration } from '../words/numbers.js';
import type { Problem } from './problem.js';

/** If a visitor has less time than this between two steps, many answers come too late for their values to be used. */
const SHORTEST_GAP_SECONDS = 0.5;

/** Warnings about parts of the traffic that will not be sent as stated. */
export function checkReach({ traffic }: Scenario): readonly Problem[] {
  const { mix, journeys = [] } = traffic;
  const requests = [
    ...mix.map((template, i) => ({ template, path: ['traffic', 'mix', i] })),
    ...journeys.flatMap(({ steps }, i) =>
      steps.map((step, j) => ({ template: step, path: ['traffic', 'journeys', i, 'steps', j] })),
    ),
  ];
  return [
    ...requests.flatMap(({ template, path }) => protocolsBeyond(template).map((one) => ({ ...one, path }))),
    ...shortGaps(traffic),
  ];
}

function protocolsBeyond({ headers, body }: RequestTemplate | JourneyStep): Omit<Problem, 'path'>[] {
  const valueOf = (wanted: string): string =>
    (Object.entries(headers).find(([name]) => name.toLowerCase() === wanted)?.[1] ?? '').toLowerCase();
  const type = body !== null && 'contentType' in body ? body.contentType : valueOf('content-type');
  return [
    ...(valueOf('upgrade').includes('websocket')
      ? [
          {
            kind: 'partly-sent' as const,
            severity: 'warning' as const,
            message: 'only the handshake of a WebSocket is sent; the connection is closed after the answer (101)',
            hint: 'memory that frames take is not tested; slopegate sends no frames',
          },
        ]
      : []),
    ...(type.toLowerCase().startsWith('application/grpc')
      ? [
          {
            kind: 'partly-sent' as const,
            severity: 'warning' as const,
            message:
              'a call of gRPC is sent as one request; its trailers, with the status of the call, are not looked at',
            hint: 'a call that fails is counted by its HTTP status, which is mostly 200; streams are not sent',
          },
        ]
      : []),
  ];
}

/** Visitors that take values from answers need time between two steps. */
function shortGaps({ mix, journeys = [], sources = [], rate }: Scenario['traffic']): Problem[] {
  const total = [...mix, ...journeys, ...sources].reduce((sum, { weight }) => sum + weight, 0);
  return journeys.flatMap(({ steps, users, weight }, i) => {
    const gap = users / ((rate * weight) / total);
    if (gap >= SHORTEST_GAP_SECONDS || steps.every(({ capture }) => Object.keys(capture).length === 0)) return [];
    return [
      {
        kind: 'steps-too-fast' as const,
        severity: 'warning' as const,
        path: ['traffic', 'journeys', i, 'users'],
        message: `a visitor does the next step after ${duration(gap)}; slower answers come too late for their values`,
        hint: `at this rate give the journey ${Math.ceil((users * SHORTEST_GAP_SECONDS) / gap)} users or more`,
      },
    ];
  });
}
