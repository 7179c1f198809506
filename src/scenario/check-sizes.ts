import { mayNeedLongerPair, requestsIn, type RequestTemplate, type Scenario } from '../model/index.js';
import { largestRequest } from '../traffic/index.js';
import { CONFIRMATION_WINDOWS } from '../statistics/method.js';
import { memory } from '../words/numbers.js';
import type { Problem } from './problem.js';

/** A day at 500 requests/s. Each request is made once before the run, and its status is in one line of the journal. */
const MOST_REQUESTS = 50_000_000;
/** Bytes of all bodies of one trace together. */
const MOST_BODY_BYTES = 2 ** 40;
const MOST_REQUEST_BYTES = 64 * 2 ** 20;
const LONGEST_WINDOW_SECONDS = 7 * 86_400;

/** Faults of traces that take too long to make, and of windows that are too long to wait for. */
export function checkSizes({ experiment, traffic, gate }: Scenario): readonly Problem[] {
  const { rate, fields } = traffic;
  const path = ['experiment', 'window'];
  const window = requestsIn(experiment.window, rate);
  if (window / rate > LONGEST_WINDOW_SECONDS)
    return [
      {
        kind: 'window-too-long',
        path,
        message: `the window would last ${Math.round(window / rate / 86_400).toLocaleString('en')} days`,
        hint: 'a window lasts at most 7 days; one hour is enough to see growth (docs/method.md)',
      },
    ];
  const longer = mayNeedLongerPair(gate);
  const requests = requestsIn(experiment.warmup, rate) + window * (longer ? CONFIRMATION_WINDOWS : 1);
  if (requests > MOST_REQUESTS)
    return [
      {
        kind: 'trace-too-large',
        path,
        message:
          `the longest trace would have ${requests.toLocaleString('en')} requests; ` +
          `at most ${MOST_REQUESTS.toLocaleString('en')} are possible`,
        hint:
          'shorten the window or lower ' +
          `traffic.rate${longer ? '; a FAIL is confirmed with a window three times as long' : ''}`,
      },
    ];
  const large = requestProblems(traffic);
  return large.length > 0 ? large : bodyProblems(templatesOf(traffic), fields, requests);
}

/** Templates of the mix and steps of journeys, each with its place and its share of the trace. */
function templatesOf({ mix, journeys = [] }: Scenario['traffic']): readonly Placed[] {
  return [
    ...mix.map((template, i) => ({ template, path: ['mix', i] })),
    ...journeys.flatMap(({ steps, weight }, i) =>
      steps.map((step, j) => ({
        template: { ...step, weight: weight / steps.length },
        path: ['journeys', i, 'steps', j],
      })),
    ),
  ];
}

interface Placed {
  readonly template: RequestTemplate;
  readonly path: readonly PropertyKey[];
}

function requestProblems(traffic: Scenario['traffic']): Problem[] {
  const { fields } = traffic;
  return templatesOf(traffic).flatMap(({ template, path }) => {
    const size = largestRequest(template, fields);
    return size <= MOST_REQUEST_BYTES
      ? []
      : [
          {
            kind: 'request-too-large',
            path: ['traffic', ...path],
            message:
              `a request of this template has up to ${memory(size)}; ` +
              `at most ${memory(MOST_REQUEST_BYTES)} are possible`,
            hint: 'make the texts in traffic.fields shorter, or use them less often',
          },
        ];
  });
}

function bodyProblems(
  templates: readonly Placed[],
  fields: Scenario['traffic']['fields'],
  requests: number,
): Problem[] {
  const weights = templates.reduce((sum, { template: { weight } }) => sum + weight, 0);
  const mean = templates.reduce(
    (sum, { template }) => sum + (template.weight / weights) * largestRequest(template, fields),
    0,
  );
  if (!(mean * requests > MOST_BODY_BYTES)) return [];
  return [
    {
      kind: 'trace-too-large',
      path: ['traffic', 'mix'],
      message:
        `a trace of ${requests.toLocaleString('en')} requests would send ` +
        `${memory(mean * requests)}; at most ${memory(MOST_BODY_BYTES)} are possible`,
      hint: 'make large requests rarer (weight) or smaller, or shorten experiment.window',
    },
  ];
}
