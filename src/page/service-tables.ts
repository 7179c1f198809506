import { dataTable, note, type Child, type Element } from '../drawing/index.js';
import { assessmentName } from '../facts/index.js';
import { ARMS, type ArmName } from '../model/index.js';
import type { WordedService } from '../results/index.js';
import { amount, perWhat } from '../words/growth.js';
import { isBytes, metricName } from '../words/metrics.js';
import { count, duration, memory, percent, significant } from '../words/numbers.js';
import { notCounted } from '../words/parts.js';
import { ABSENT, growthCell } from './service-cells.js';

/** The numbers of one service, for a reader who checks the charts. */
export function serviceNumbers(service: WordedService): readonly Child[] {
  return [replicateTable(service), partsTable(service), levelTable(service), spread(service)];
}

function replicateTable(service: WordedService): Element {
  const cell = (value: number | null): string => (value === null ? ABSENT : amount(value, service.unit));
  const perRequest = !service.unit.endsWith('/s');
  const titles = ['Baseline', 'Candidate', 'Difference', ...(perRequest ? ['Requests'] : []), 'Time'];
  return dataTable(
    `Growth of ${assessmentName(service)} ${perWhat(service.unit)} by replicate`,
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
  const share = (part: number | undefined, of: number | null | undefined): string =>
    part === undefined || !of ? '—' : percent(part / of);
  const titles = ['Window starts', 'Window ends', 'Change', 'Peak', 'Peak, share of the limit', 'After idle'];
  return dataTable(
    `Level of ${assessmentName(service)}, median over replicates`,
    [{ title: 'Version' }, ...titles.map((title) => ({ title, number: true }))],
    ARMS.map((arm) => {
      const level = service.levels[arm];
      return {
        cells: [
          arm,
          text(level?.start),
          text(level?.end),
          share(level === null ? undefined : level.end - level.start, level?.start),
          text(level?.peak),
          share(level?.peak, limitOf(service, arm)),
          text(level?.afterIdle),
        ],
      };
    }),
  );
}

/** The memory limit of the service in bytes; null if it has none, or if something else is not counted in bytes. */
function limitOf({ room, levels }: WordedService, arm: ArmName): number | null {
  const [free, level] = [room[arm], levels[arm]];
  return free?.source === 'limit' && level !== null ? level.end + free.bytes : null;
}

/** Growth by kind of memory: the kinds that count add up to the service's growth. */
function partsTable(service: WordedService): Child {
  const { parts = [], unit } = service;
  if (parts.length === 0) return null;
  const titles = ['Baseline', 'Candidate', 'Difference'];
  return dataTable(
    `Growth of ${assessmentName(service)} by kind of memory, ${perWhat(unit)}`,
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
