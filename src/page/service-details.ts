import {
  badge,
  dataTable,
  differencePlot,
  folded,
  forestPlot,
  h,
  legend,
  memoryPlots,
  note,
  pairsOf,
  section,
  type Child,
  type Element,
  type Pair,
} from '../drawing/index.js';
import { assessmentName, sortedServices } from '../facts/index.js';
import { ARMS, STACK_ROLE, type ArmName } from '../model/index.js';
import type { GuardName, Result, WordedService } from '../results/index.js';
import { amount, growth, perWhat } from '../words/growth.js';
import { isBytes, metricName } from '../words/metrics.js';
import { liveSentence, notCounted, partsSentence } from '../words/parts.js';
import { count, duration, memory, significant } from '../words/numbers.js';
import { ABSENT, anchor, growthCell } from './service-cells.js';

/** Names of the guards, for people. */
const GUARDS: Readonly<Record<GuardName, string>> = {
  STEP: 'Step',
  FILL: 'Filling',
  SETTLED: 'Settled',
  LATE: 'Late onset',
  'BASELINE-FALLS': 'The baseline gives memory back',
  MASKED: 'Growth may be hidden',
  COARSE: 'Rounded readings',
  FEW: 'Few readings',
  'FELL-BACK': 'Fell back',
  SAWTOOTH: 'Sawtooth',
  STUCK: 'Readings stuck',
  'NOT-CONFIRMED': 'Not confirmed',
  'NOT-MEASURED': 'Not measured again',
};

function replicateTable(service: WordedService): Element {
  const cell = (value: number | null): string => (value === null ? ABSENT : amount(value, service.unit));
  const perRequest = !service.unit.endsWith('/s');
  const titles = ['Baseline', 'Candidate', 'Difference', ...(perRequest ? ['Requests'] : []), 'Time'];
  return dataTable(
    `Growth ${perWhat(service.unit)} by replicate`,
    [{ title: 'Replicate' }, ...titles.map((title) => ({ title, number: true }))],
    [
      ...service.replicates.map((one) => ({ one, name: String(one.replicate) })),
      ...service.confirmation.map((one) => ({ one, name: `longer pair ${one.replicate}` })),
    ].map(({ one, name }) => ({
      cells: [
        name,
        cell(one.baseline),
        cell(one.candidate),
        cell(one.difference),
        ...(perRequest ? [count(one.requests)] : []),
        duration(one.seconds),
      ],
    })),
  );
}

function levelTable(service: WordedService): Element {
  const text = (value: number | null | undefined): string =>
    value === null || value === undefined ? ABSENT : isBytes(service.metric) ? memory(value) : significant(value);
  const titles = ['Window starts', 'Window ends', 'Peak', 'After idle'];
  return dataTable(
    `Level of ${metricName(service.metric)}, median over replicates`,
    [{ title: 'Version' }, ...titles.map((title) => ({ title, number: true }))],
    ARMS.map((arm) => {
      const level = service.levels[arm];
      return { cells: [arm, text(level?.start), text(level?.end), text(level?.peak), text(level?.afterIdle)] };
    }),
  );
}

/** Growth by kind of memory: the kinds that count add up to the service's growth. */
function partsTable({ parts = [], unit }: WordedService): Child {
  if (parts.length === 0) return null;
  const titles = ['Baseline', 'Candidate', 'Difference'];
  return dataTable(
    `Growth by kind of memory, ${perWhat(unit)}`,
    [{ title: 'Kind' }, ...titles.map((title) => ({ title, number: true }))],
    parts.map(({ metric, counted, growth: grown, difference }) => ({
      cells: [
        counted ? metricName(metric) : `${metricName(metric)} (${notCounted(metric)})`,
        ...ARMS.map((arm) => growthCell(grown[arm], unit)),
        growthCell(difference, unit),
      ],
    })),
    'cards',
  );
}

function spread({ standardDeviation, floor, pFail, bounds, unit }: WordedService): Child {
  const parts = [
    standardDeviation === null
      ? null
      : `The replicates vary by ${amount(standardDeviation, unit)} (standard deviation).`,
    floor === null
      ? null
      : `For a window of this length the method uses a spread of at least ${amount(floor.value, unit)}` +
        `${floor.active ? '. This minimum was used here' : ''}.`,
    bounds === null
      ? null
      : `The bounds that decide are ${amount(bounds.lower, unit)} and ${amount(bounds.upper, unit)}.`,
    pFail === null
      ? null
      : 'If the true difference were exactly the margin, a difference this large would have a probability of ' +
        `${pFail < 0.0001 ? 'less than 0.0001' : significant(pFail, 2)}.`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : note(parts.join(' '));
}

function memoryLegend(fitted: boolean, pairs: readonly Pair[]): Element {
  const growth: readonly (readonly [string, string])[] = fitted ? [['dotted', 'judged growth']] : [];
  const marks: readonly (readonly [string, string])[] = [
    ...(pairs.some(({ phases }) => phases.length > 0) ? [['phase', 'phase begins'] as const] : []),
    ...(pairs.some(({ actions }) => actions.length > 0) ? [['action', 'action under load'] as const] : []),
  ];
  return legend([
    ['baseline', 'baseline'],
    ['candidate', 'candidate'],
    ...growth,
    ['window', 'judged window'],
    ...marks,
  ]);
}

function small(
  service: Pick<WordedService, 'metric' | 'replicates'>,
  name: string,
  result: Result,
  pairs: readonly Pair[],
  title = 'Replicate',
): readonly Child[] {
  const plots = memoryPlots({
    name,
    metric: service.metric,
    axis: result.verdict.assessment.axis,
    pairs,
    growth: service.replicates,
    title,
  });
  return plots.length === 0
    ? [note(`No series of ${metricName(service.metric)} was recorded for ${name}.`)]
    : [h('div', { class: 'multiples' }, plots), memoryLegend(service.replicates.length > 0, pairs)];
}

function descriptors(service: WordedService, name: string, result: Result): Child {
  const assessed = result.verdict.assessment.services.some(
    (other) => other.role === service.role && other.metric === 'fds',
  );
  const pairs = assessed ? [] : pairsOf(result, service.role, 'fds');
  return pairs.length === 0
    ? null
    : folded('Open descriptors', ...small({ metric: 'fds', replicates: [] }, name, result, pairs));
}

/**
 * The longer pair that confirms or refutes a FAIL. It is drawn separately, because its window is three times as long.
 */
function longerPair(service: WordedService, name: string, result: Result): Child {
  const pairs = pairsOf(result, service.role, service.metric, 'confirmation');
  if (pairs.length === 0) return null;
  const drawn = small({ metric: service.metric, replicates: service.confirmation }, name, result, pairs, 'Longer pair');
  if (!service.judged) return folded('Longer pair, run to confirm a FAIL', ...drawn);
  const [shown] = service.confirmation;
  const words =
    shown === undefined || shown.difference === null
      ? null
      : note(
          `This pair was run to confirm the FAIL. It shows ${growth(shown.difference, service.unit)} more in ` +
            `${service.unit.endsWith('/s') ? duration(shown.seconds) : `${count(shown.requests)} requests`}.`,
        );
  return h('div', { class: 'longer' }, h('h4', {}, 'Confirmation, a longer fresh pair'), words, drawn);
}

function presence(service: WordedService): Child {
  const missing: readonly ArmName[] = ARMS.filter((arm) => service.services[arm].length === 0);
  return missing.length === 0
    ? null
    : note(
        `This service does not exist in the ${missing.join(' and the ')}. ` +
          'Only its growth in the other version is measured.',
      );
}

const paragraph = (text: string | null): Child => (text === null ? null : h('p', {}, text));

function detail(result: Result, service: WordedService): readonly Child[] {
  const name = assessmentName(service);
  const pairs = pairsOf(result, service.role, service.metric);
  return [
    h('p', {}, service.sentence),
    paragraph(
      service.outcome === 'invalid' ? null : partsSentence(service.difference, service.parts ?? [], service.unit),
    ),
    paragraph(service.outcome === 'invalid' ? null : liveSentence(service.parts ?? [], service.unit)),
    presence(service),
    service.guards.length === 0
      ? null
      : h(
          'ul',
          { class: 'guards' },
          service.guards.map((guard) => h('li', {}, h('strong', {}, GUARDS[guard.name]), `: ${guard.sentence}`)),
        ),
    h(
      'div',
      { class: 'pair' },
      service.replicates.some((one) => one.difference !== null) ? forestPlot(service, name) : null,
      differencePlot(service, name, result.verdict.assessment.axis, pairs),
    ),
    h('h4', {}, `${metricName(service.metric)}, replicate by replicate`),
    small(service, name, result, pairs),
    longerPair(service, name, result),
    folded(
      'The numbers of these charts',
      replicateTable(service),
      partsTable(service),
      levelTable(service),
      spread(service),
    ),
    descriptors(service, name, result),
  ];
}

function watchedWords({ metric }: WordedService): string {
  return isBytes(metric) ? 'watched, not judged' : 'can make a run FAIL, never prevents a PASS';
}

/** One part for each service: open if it is judged, folded if it is only watched. */
export function serviceDetails(result: Result): Element {
  return section(
    'details',
    'Service by service',
    note(
      'Charts are scaled to the judged window. The start-up may be cut off, and the vertical axis does not start ' +
        'at zero. Point at a curve to read it.',
    ),
    sortedServices(result).map((service, index) =>
      service.judged
        ? h(
            'article',
            { id: anchor(index), class: 'service' },
            h('h3', {}, assessmentName(service), ' ', badge(service.outcome)),
            detail(result, service),
          )
        : h(
            'article',
            { id: anchor(index), class: 'service unjudged' },
            folded(`${assessmentName(service)} (${watchedWords(service)})`, detail(result, service)),
          ),
    ),
  );
}

/** Roles that were recorded but have no assessment. */
export function unassessed(result: Result): Child {
  const known = new Set(result.verdict.assessment.services.map((service) => service.role));
  const roles = [...new Set(result.plots.map((series) => series.role))].filter(
    (role) => !known.has(role) && role !== STACK_ROLE,
  );
  if (roles.length === 0) return null;
  return section(
    'watched',
    'Watched, not judged',
    roles.map((role) => {
      const metric = result.plots.find((series) => series.role === role)?.metric ?? 'unreclaimable_bytes';
      return folded(role, ...small({ metric, replicates: [] }, role, result, pairsOf(result, role, metric)));
    }),
  );
}
