import { ARMS } from '../../model/index.js';
import type { ArmName, Result, ServiceAssessment } from '../../model/index.js';
import { assessmentName, sortedServices } from '../facts/services.js';
import { pairsOf, type Pair } from '../plot/curve.js';
import { differencePlot } from '../plot/differencePlot.js';
import { forestPlot } from '../plot/forestPlot.js';
import { memoryPlots } from '../plot/memoryPlot.js';
import { amount, estimateOr, perWhat } from '../text/growth.js';
import { count, duration, memory, significant } from '../text/numbers.js';
import { isBytes, metricName } from '../text/outcome.js';
import { badge, dataTable, folded, key, note, section } from './elements.js';
import { h, type Child, type Element } from './node.js';

const ABSENT = 'not measured';

/** Stable anchor of a service's part: its place in the sorted list, so that no name becomes an id. */
function anchor(index: number): string {
  return `service-${index + 1}`;
}

export function servicesTable(result: Result): Element {
  const services = sortedServices(result);
  const rows = services.map((service, index) => ({
    class: service.judged ? service.outcome : 'unjudged',
    cells: [
      h('a', { href: `#${anchor(index)}` }, assessmentName(service)),
      service.judged ? badge(service.outcome) : 'not judged',
      ...ARMS.map((arm) => estimateOr(service.growth[arm], service.unit, ABSENT)),
      estimateOr(service.difference, service.unit, ABSENT),
      amount(service.margin, service.unit),
      service.shape,
    ],
  }));
  const columns = [{ title: 'Service' }, { title: 'Verdict' }, ...['Baseline grows', 'Candidate grows', 'Difference', 'Margin'].map((title) => ({ title, number: true })), { title: 'Shape' }];
  return section('services', 'Every service',
    note(`Growth ${perWhat(services[0]?.unit ?? 'bytes/request')} with its interval; what needs attention comes first.${result.verdict.outcome === 'invalid' ? ' The comparison was not fair: none of these verdicts stands.' : ''}`),
    dataTable('Verdict and growth of every service', columns, rows));
}

function replicateTable(service: ServiceAssessment): Element {
  const cell = (value: number | null): string => (value === null ? ABSENT : amount(value, service.unit));
  const titles = ['Baseline', 'Candidate', 'Difference', 'Requests', 'Time'];
  return dataTable(`Growth ${perWhat(service.unit)} by replicate`, [{ title: 'Replicate' }, ...titles.map((title) => ({ title, number: true }))], service.replicates.map((one) => ({
    cells: [String(one.replicate), cell(one.baseline), cell(one.candidate), cell(one.difference), count(one.requests), duration(one.seconds)],
  })));
}

function levelTable(service: ServiceAssessment): Element {
  const text = (value: number | null | undefined): string => (value === null || value === undefined ? ABSENT : isBytes(service.metric) ? memory(value) : significant(value));
  const titles = ['Window starts', 'Window ends', 'Peak', 'After idle'];
  return dataTable(`Level of ${metricName(service.metric)}, median over replicates`, [{ title: 'Version' }, ...titles.map((title) => ({ title, number: true }))], ARMS.map((arm) => {
    const level = service.levels[arm];
    return { cells: [arm, text(level?.start), text(level?.end), text(level?.peak), text(level?.afterIdle)] };
  }));
}

function spread({ standardDeviation, floor, pFail, bounds, unit }: ServiceAssessment): Child {
  const parts = [
    standardDeviation === null ? null : `Replicates scatter by ${amount(standardDeviation, unit)} (standard deviation).`,
    floor === null ? null : `The method takes no less than ${amount(floor.value, unit)} here${floor.active ? ', and that is what it used' : ''}.`,
    bounds === null ? null : `The gate used ${amount(bounds.lower, unit)} as the lower and ${amount(bounds.upper, unit)} as the upper bound.`,
    pFail === null ? null : `Chance of a difference this large if the true one were at the margin: ${pFail < 0.0001 ? 'below 0.0001' : significant(pFail, 2)}.`,
  ].filter((part) => part !== null);
  return parts.length === 0 ? null : note(parts.join(' '));
}

function legend(fitted: boolean): Element {
  const growth: readonly (readonly [string, string])[] = fitted ? [['dashed', 'growth as judged']] : [];
  return key([['baseline', 'baseline'], ['candidate', 'candidate'], ...growth, ['window', 'judged window']]);
}

function small(service: Pick<ServiceAssessment, 'metric' | 'replicates'>, name: string, result: Result, pairs: readonly Pair[]): readonly Child[] {
  const plots = memoryPlots({ name, metric: service.metric, axis: result.verdict.assessment.axis, pairs, growth: service.replicates });
  return plots.length === 0 ? [note(`No series of ${metricName(service.metric)} was recorded for ${name}.`)] : [h('div', { class: 'multiples' }, plots), legend(service.replicates.length > 0)];
}

function descriptors(service: ServiceAssessment, name: string, result: Result): Child {
  const assessed = result.verdict.assessment.services.some((other) => other.role === service.role && other.metric === 'fds');
  const pairs = assessed ? [] : pairsOf(result, service.role, 'fds');
  return pairs.length === 0 ? null : folded('Open descriptors', ...small({ metric: 'fds', replicates: [] }, name, result, pairs));
}

function presence(service: ServiceAssessment): Child {
  const missing: readonly ArmName[] = ARMS.filter((arm) => service.services[arm].length === 0);
  return missing.length === 0 ? null : note(`There is no such service in the ${missing.join(' and the ')}: nothing to compare, only growth on the other side.`);
}

function detail(result: Result, service: ServiceAssessment): readonly Child[] {
  const name = assessmentName(service);
  const pairs = pairsOf(result, service.role, service.metric);
  return [
    h('p', {}, service.sentence),
    presence(service),
    service.guards.length === 0 ? null : h('ul', { class: 'guards' }, service.guards.map((guard) => h('li', {}, h('strong', {}, guard.name), ` ${guard.detail}`))),
    h('div', { class: 'pair' }, service.replicates.some((one) => one.difference !== null) ? forestPlot(service, name) : null, differencePlot(service, name, result.verdict.assessment.axis, pairs)),
    h('h4', {}, `${metricName(service.metric)}, replicate by replicate`),
    small(service, name, result, pairs),
    folded('The numbers behind these pictures', replicateTable(service), levelTable(service), spread(service)),
    descriptors(service, name, result),
  ];
}

/** One part for each service: open where judged, folded where only watched. */
export function serviceDetails(result: Result): Element {
  return section('details', 'Service by service',
    note('Pictures are scaled to the judged window; the start-up climb may run out of them, and the vertical axis does not begin at zero. Point at a curve to read it.'),
    sortedServices(result).map((service, index) =>
      service.judged
        ? h('article', { id: anchor(index), class: 'service' }, h('h3', {}, assessmentName(service), ' ', badge(service.outcome)), detail(result, service))
        : h('article', { id: anchor(index), class: 'service unjudged' }, folded(`${assessmentName(service)} (watched, not judged)`, detail(result, service)))));
}

/** Roles that were recorded but that no assessment mentions. */
export function unassessed(result: Result): Child {
  const known = new Set(result.verdict.assessment.services.map((service) => service.role));
  const roles = [...new Set(result.plots.map((series) => series.role))].filter((role) => !known.has(role) && role !== '(stack)');
  if (roles.length === 0) return null;
  return section('watched', 'Watched, not judged', roles.map((role) => {
    const metric = result.plots.find((series) => series.role === role)?.metric ?? 'unreclaimable_bytes';
    return folded(role, ...small({ metric, replicates: [] }, role, result, pairsOf(result, role, metric)));
  }));
}
