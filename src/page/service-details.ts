import {
  badge,
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
import { growth } from '../words/growth.js';
import { isBytes, metricName } from '../words/metrics.js';
import { liveSentence, partsSentence } from '../words/parts.js';
import { count, duration } from '../words/numbers.js';
import { anchorsOf } from './service-cells.js';
import { serviceNumbers } from './service-tables.js';
import { usageTable } from './usage-table.js';

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
  PARTIAL: 'Not all measured',
  TIME: 'Growth with time',
  REPEATED: 'Repeated requests',
  'NOT-CONFIRMED': 'Not confirmed',
  'NOT-MEASURED': 'Not measured again',
};

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

/** The pictures and numbers of one service. If the comparison is not valid, only what was recorded. */
function detail(result: Result, given: WordedService): readonly Child[] {
  const isValid = result.verdict.outcome !== 'invalid';
  const service = isValid ? given : { ...given, replicates: [], confirmation: [] };
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
    isValid
      ? h(
          'div',
          { class: 'pair' },
          service.replicates.some((one) => one.difference !== null) ? forestPlot(service, name) : null,
          differencePlot(service, name, result.verdict.assessment.axis, pairs),
        )
      : null,
    h('h4', {}, `${metricName(service.metric)}, replicate by replicate`),
    small(service, name, result, pairs),
    longerPair(service, name, result),
    isValid ? folded('The numbers of these charts', serviceNumbers(service)) : null,
    isValid ? usageTable(result, service) : null,
    descriptors(service, name, result),
  ];
}

function watchedWords({ metric }: WordedService): string {
  return isBytes(metric) ? 'watched, not judged' : 'can make a run FAIL, never prevents a PASS';
}

/** The line of a folded service that is judged: its name, its verdict and its difference. */
function foldedWords(service: WordedService): readonly Child[] {
  const { difference, unit } = service;
  const words = difference === null ? '' : ` difference ${growth(difference.value, unit)}`;
  return [h('strong', {}, assessmentName(service)), ' ', badge(service.outcome), words];
}

/** At most this many services are open at first. With more, a reader does not find the one that matters. */
const OPEN_AT_MOST = 6;

/** One part for each service. Open: the service that decides, and the first ones that do not pass. */
export function serviceDetails(result: Result): Element {
  const sorted = sortedServices(result);
  const anchorOf = anchorsOf(sorted);
  const attention = sorted.filter(({ judged, outcome }) => judged && outcome !== 'pass').slice(0, OPEN_AT_MOST);
  // The most urgent service comes first. If it passes, all pass.
  const isOpen = (service: WordedService): boolean => service === sorted[0] || attention.includes(service);
  return section(
    'details',
    'Service by service',
    note(
      'Charts are scaled to the judged window. The start-up may be cut off, and the vertical axis does not start ' +
        'at zero. Point at a chart to read the values of both versions, and drag across it to see a part of it. ' +
        'With keys: the arrow keys move, + and - zoom, Escape shows all. On a phone: tap, then use the buttons.',
    ),
    sorted.map((service) => {
      const name = assessmentName(service);
      if (service.judged && isOpen(service))
        return h(
          'article',
          { id: anchorOf(service), class: 'service' },
          h('h3', {}, name, ' ', badge(service.outcome)),
          detail(result, service),
        );
      const summary = service.judged ? foldedWords(service) : `${name} (${watchedWords(service)})`;
      return h(
        'article',
        { id: anchorOf(service), class: `service folded${service.judged ? '' : ' unjudged'}` },
        folded(summary, detail(result, service)),
      );
    }),
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
