import type { SeriesNote } from '../model/index.js';
import {
  labelsInOrder,
  seriesError,
  serviceRank,
  tooFewFault,
  UNNAMED_SERVICE,
  wordsOf,
  type RecordedRun,
  type RecordedSeries,
} from '../series/index.js';
import { mergeParts } from './merge-parts.js';
import { roleOfName, withoutProject } from './role-of-name.js';

export interface Agreed {
  readonly runs: readonly RecordedRun[];
  readonly notes: readonly SeriesNote[];
  readonly warnings: readonly SeriesNote[];
}

/** How the services of one file are named: one name for each series, in their order; null if this is not possible. */
type Naming = (parts: readonly RecordedSeries[]) => readonly string[] | null;

/** Labels that distinguish copies of one service and do not name a role. */
const OF_COPIES = new Set(
  'pod pod_name pod_uid uid kubernetes_pod_name instance host hostname node id container_id pid replica image'.split(
    ' ',
  ),
);

/**
 * Gives the services of all files matching names, so that the same services are compared. If names differ because pods
 * and containers get new names in every run, their role is used, and copies of one role are added up.
 * @throws SlopegateError SERIES_INVALID if no name is in every file
 */
export function agreeOnServices(given: readonly RecordedRun[], only: string | null): Agreed {
  const runs = only === null ? given : given.map((run) => chosen(run, only));
  if (runs.every(({ services }) => services.length === 1)) return { runs: alone(runs), notes: [], warnings: [] };
  const plain: Naming = (parts) => parts.map(({ service }) => service ?? '');
  const namings = [plain, ...byLabels(runs)];
  const naming = namings.find((one) => agree(runs, one, 'all')) ?? namings.find((one) => agree(runs, one, 'some'));
  if (naming === undefined) throw strangers(runs);
  const named = runs.map((run) => grouped(run, naming));
  const added = named.some((run, n) => run.services.length < (runs[n]?.services.length ?? 0));
  const warnings: SeriesNote[] = [];
  const whole = named.map((run) => withoutFragments(run, named, warnings));
  const names = [...new Set(whole.flatMap(({ services }) => services.map(({ service }) => service ?? '')))];
  return {
    runs: whole,
    notes: [
      ...(names.length > 1 ? [{ code: 'services-apart', facts: { services: names } } as const] : []),
      ...(added ? [{ code: 'services-added-up', facts: { services: names } } as const] : []),
    ],
    warnings,
  };
}

function chosen(run: RecordedRun, only: string): RecordedRun {
  const services = run.services.filter(({ service, labels }) =>
    [service, ...Object.values(labels ?? {})].some(
      (name) => name === only || (name !== undefined && roleOfName(name) === only),
    ),
  );
  if (services.length > 0)
    return { ...run, services: services.map((series) => ({ ...series, service: series.service ?? only })) };
  throw seriesError(
    `there is no service "${only}"`,
    `${run.source}:1:1`,
    `services: ${run.services.map(spokenName).join(', ')}`,
  );
}

function spokenName({ service, labels }: RecordedSeries): string {
  return service ?? Object.values(labels ?? {}).join(' ');
}

/** If each file has a single service, it is the same service, whatever its name is. */
function alone(runs: readonly RecordedRun[]): RecordedRun[] {
  const names = new Set(runs.map(({ services }) => services[0]?.service));
  if (names.size === 1) return [...runs];
  return runs.map((run) => ({ ...run, services: run.services.map(unnamed) }));
}

function unnamed({ time, requests, values }: RecordedSeries): RecordedSeries {
  return { time, requests: requests ?? null, values };
}

function byLabels(runs: readonly RecordedRun[]): Naming[] {
  const parts = runs.flatMap(({ services }) => services);
  const known = labelsInOrder(parts).filter((label) => serviceRank(label) !== null);
  const varies = (label: string): boolean =>
    runs.some(({ services }) => new Set(services.map(({ labels }) => labels?.[label])).size > 1);
  // The common part of all names is their role only if nothing but copies differ.
  const onlyCopies = labelsInOrder(parts).filter(varies).every(isOfCopies);
  const labels = known.filter((label) => (varies(label) ? !isOfCopies(label) : onlyCopies));
  // Pods have unique names, but the ends of these names can be removed.
  const pods = known.filter((label) => isOfCopies(label) && label.toLowerCase().startsWith('pod'));
  const values = (label: string, parts: readonly RecordedSeries[]): string[] | null => {
    const found = parts.map(({ labels: own }) => own?.[label] ?? '');
    return found.includes('') ? null : found;
  };
  const roles = (names: readonly string[] | null): string[] | null => names?.map(roleOfName) ?? null;
  return [
    ...[...labels, ...pods].flatMap((label): Naming[] => [
      (parts) => values(label, parts),
      (parts) => roles(values(label, parts)),
      (parts) => {
        const names = values(label, parts);
        return names === null ? null : withoutProject(names).map(roleOfName);
      },
    ]),
    (parts) => parts.map(({ service }) => roleOfName(service ?? '')),
    // Processes that differ only in their ids are one service.
    ...(onlyProcesses(parts) ? [(own: readonly RecordedSeries[]) => own.map(() => UNNAMED_SERVICE)] : []),
  ];
}

function onlyProcesses(parts: readonly RecordedSeries[]): boolean {
  return parts.every(
    ({ labels }) =>
      Object.keys(labels ?? {})
        .join()
        .toLowerCase() === 'pid',
  );
}

function isOfCopies(label: string): boolean {
  return OF_COPIES.has(wordsOf(label).join('_'));
}

function agree(runs: readonly RecordedRun[], naming: Naming, how: 'all' | 'some'): boolean {
  const names = runs.map(({ services }) => naming(services));
  if (names.some((found) => found === null)) return false;
  const sets = names.map((found) => new Set(found));
  const [first] = sets as [Set<string>];
  if (how === 'some') return [...first].some((name) => sets.every((set) => set.has(name)));
  return sets.every((set) => set.size === first.size && [...set].every((name) => first.has(name)));
}

function grouped(run: RecordedRun, naming: Naming): RecordedRun {
  const names = naming(run.services) ?? [];
  const services = [...new Set(names)].map((name) =>
    mergeParts(
      name,
      run.services.filter((_, n) => names[n] === name),
      run.source,
    ),
  );
  return { ...run, services };
}

/** A service with too few readings is left out and named if not every file has it; otherwise it is an error. */
function withoutFragments(run: RecordedRun, all: readonly RecordedRun[], warnings: SeriesNote[]): RecordedRun {
  const services = run.services.filter((series) => {
    const fault = tooFewFault(series);
    if (fault === null) return true;
    const everywhere = all.every((other) => other.services.some(({ service }) => service === series.service));
    if (everywhere || run.services.length === 1)
      throw seriesError(`${series.service}: ${fault.message}`, `${run.source}:1:1`, fault.hint);
    warnings.push({
      code: 'service-not-judged',
      facts: { source: run.source, service: series.service ?? '', readings: series.time.length },
    });
    return false;
  });
  return { ...run, services };
}

function strangers(runs: readonly RecordedRun[]): Error {
  const names = (run: RecordedRun | undefined): string => run?.services.map(({ service }) => service).join(', ') ?? '';
  const other = runs.find((run) => names(run) !== names(runs[0]));
  return seriesError(
    `no service has the same name in every file: ${names(runs[0])} in ${runs[0]?.source}, ${names(other)} in ` +
      `${other?.source}`,
    `${runs[0]?.source}:1:1`,
    'sum them in the query, for example sum by (container) (…); name the column of services with --service-column; ' +
      'or choose one with --service NAME',
  );
}
