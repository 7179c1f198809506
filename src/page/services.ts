import { badge, dataTable, h, note, section, type Element, type Row } from '../drawing/index.js';
import { assessmentName, showsTime, sortedServices, TIME_UNIT, timeOutcome } from '../facts/index.js';
import { ARMS } from '../model/index.js';
import type { Estimate, Result, Shape, WordedService } from '../results/index.js';
import { amount, perWhat } from '../words/growth.js';
import { isBytes } from '../words/metrics.js';
import { decimalsFor, fixed, significant } from '../words/numbers.js';
import { ABSENT, anchorsOf, growthCell } from './service-cells.js';

const SHAPES: Readonly<Record<Shape, string>> = {
  flat: 'flat',
  leak: 'leak',
  filling: 'filling',
  step: 'step',
  settled: 'settled',
  sawtooth: 'sawtooth',
  'late-onset': 'late onset',
  unclear: 'unclear',
};

/** One word for the shape. Growth that is not a regression is not called a leak of the candidate. */
function shapeWord({ shape, outcome }: WordedService): string {
  return shape === 'leak' && outcome !== 'fail' ? 'grows anyway' : SHAPES[shape];
}

type Anchored = readonly [service: WordedService, anchor: string];

/** Growth with time alone, in a row of its own below the growth per request; empty if nothing is known about it. */
function timeRow(result: Result, service: WordedService): readonly Row[] {
  const { time } = service;
  if (!showsTime(result, service)) return [];
  const outcome = time === undefined ? null : timeOutcome(time);
  const name = `${assessmentName(service)}, per hour, without requests`;
  const cells = [
    ...ARMS.map((arm) => growthCell(time?.growth[arm] ?? null, TIME_UNIT)),
    growthCell(time?.difference ?? null, TIME_UNIT),
    time === undefined ? ABSENT : amount(time.margin, TIME_UNIT),
    '',
  ];
  return [{ class: outcome ?? 'unjudged', cells: [name, outcome === null ? '' : badge(outcome), ...cells] }];
}

function growthTable(result: Result, caption: string, services: readonly Anchored[]): Element {
  const columns = [
    { title: 'Service' },
    { title: 'Verdict' },
    ...['Baseline grows', 'Candidate grows', 'Difference', 'Margin'].map((title) => ({ title, number: true })),
    { title: 'Shape' },
  ];
  return dataTable(
    caption,
    columns,
    services.flatMap(([service, anchor]): readonly Row[] => [
      {
        class: service.judged ? service.outcome : 'unjudged',
        cells: [
          h('a', { href: `#${anchor}` }, assessmentName(service)),
          service.judged ? badge(service.outcome) : 'not judged',
          ...ARMS.map((arm) => growthCell(service.growth[arm], service.unit)),
          growthCell(service.difference, service.unit),
          amount(service.margin, service.unit),
          shapeWord(service),
        ],
      },
      ...timeRow(result, service),
    ]),
    'cards',
  );
}

/**
 * Counts, per 1,000 requests: a thousandth of a descriptor per request is hard to read.
 */
function countedTable(services: readonly Anchored[]): Element {
  const columns = [
    { title: 'What' },
    ...['Baseline', 'Candidate', 'Difference', 'Margin'].map((title) => ({ title, number: true })),
  ];
  const cell = (nullable: Estimate | null): string => {
    if (nullable === null) return ABSENT;
    const { lower, upper } = nullable;
    const decimals = Math.min(3, decimalsFor((upper - lower) * 1000, 2));
    const text = (value: number): string => fixed(value * 1000, decimals);
    return `${text(nullable.value)} (${text(lower)} to ${text(upper)})`;
  };
  return dataTable(
    'Descriptors, threads and sockets',
    columns,
    services.map(([service, anchor]) => ({
      class: 'unjudged',
      cells: [
        h('a', { href: `#${anchor}` }, assessmentName(service)),
        ...ARMS.map((arm) => cell(service.growth[arm])),
        cell(service.difference),
        significant(service.margin * 1000),
      ],
    })),
    'cards',
  );
}

/** A list of the services, for a comparison that is not valid: it must not state any growth. */
function withoutGrowth(services: readonly Anchored[]): Element {
  return section(
    'services',
    'Every service',
    note('The comparison is not valid: no service has a verdict.'),
    dataTable(
      'Services',
      [{ title: 'Service' }, { title: 'Verdict' }],
      services.map(([service, anchor]) => ({
        cells: [
          h('a', { href: `#${anchor}` }, assessmentName(service)),
          service.judged ? badge('invalid') : 'not judged',
        ],
      })),
    ),
  );
}

export function servicesTable(result: Result): Element {
  const sorted = sortedServices(result);
  const anchorOf = anchorsOf(sorted);
  const services = sorted.map((service): Anchored => [service, anchorOf(service)]);
  if (result.verdict.outcome === 'invalid') return withoutGrowth(services);
  const counted = services.filter(([service]) => !service.judged && !isBytes(service.metric));
  const per = result.verdict.assessment.axis === 'requests' ? '1,000 requests' : '1,000 seconds';
  return section(
    'services',
    'Every service',
    note(
      `Growth ${perWhat(services[0]?.[0].unit ?? 'bytes/request')} with its interval. ` +
        'What needs attention comes first.',
    ),
    growthTable(
      result,
      'Verdict and growth of every service',
      services.filter((one) => !counted.includes(one)),
    ),
    counted.length === 0
      ? null
      : [
          h('h3', {}, 'Also counted'),
          note(
            `Growth per ${per}, with its interval. These counts can make a run FAIL, but they never prevent a PASS.`,
          ),
          countedTable(counted),
        ],
  );
}
