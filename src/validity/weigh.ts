import type { ArmName, Recording, TrialRecording } from '../model/index.js';
import type { CheckStatement, Finding, ServiceAssessment, ValidityCheck } from '../results/index.js';

/**
 * The most memory that one request can leave behind on one arm and not on the other: its bytes, the answer, and the
 * memory for both during its processing. Used as a bound for requests that the two versions may have treated
 * differently.
 */
const REQUEST_BYTES = 65_536;

/** Later than this, it was no longer the load of the scenario. There is no bound for the effect of another load. */
const MOST_LATENESS = 0.5;

/**
 * A shortfall of fairness makes a comparison invalid if it could explain the verdict. If its largest effect on the
 * difference is less than the distance from the gate's bound to the margin, the check passes, and the shortfall is
 * reported with its size.
 */
export function weighed(
  checks: readonly ValidityCheck[],
  services: readonly ServiceAssessment[],
  { manifest, trials }: Recording,
): ValidityCheck[] {
  const spare = spareOf(services);
  return checks.map((check) => {
    if (check.ok) return check;
    const effect = effectOf(check.said, services, trials, manifest.trace?.requests);
    if (effect === null || !(effect < spare)) return check;
    const [{ unit } = { unit: 'bytes/request' }] = services.filter(({ judged }) => judged);
    const facts = { shortfall: check.said, effect, spare, unit };
    return { name: check.name, ok: true, said: { code: 'shortfall-explains-nothing', facts } };
  });
}

/** A warning for each shortfall in spite of which the verdict stands. */
export function fellShort(checks: readonly ValidityCheck[]): Finding[] {
  return checks.flatMap(({ said }): Finding[] => {
    if (said.code !== 'shortfall-explains-nothing') return [];
    const { facts } = said;
    return [
      {
        kind: 'fell-short',
        severity: 'warn',
        service: null,
        arm: null,
        said: { code: 'fell-short', facts },
        value: facts.effect,
        threshold: facts.spare,
        unit: facts.unit,
      },
    ];
  });
}

/**
 * The distance of the gate's bounds from the margin, in the unit of growth: the smallest of all on which the verdict is
 * based.
 */
function spareOf(services: readonly ServiceAssessment[]): number {
  const judged = services.filter((service) => service.judged && service.metric.endsWith('_bytes'));
  const failing = judged.filter(({ outcome }) => outcome === 'fail');
  if (failing.length > 0) return Math.max(...failing.map(({ bounds, margin }) => (bounds?.lower ?? margin) - margin));
  if (judged.length === 0 || judged.some(({ outcome }) => outcome !== 'pass')) return 0;
  return Math.min(...judged.map(({ bounds, margin }) => margin - (bounds?.upper ?? margin)));
}

/** The largest effect of a shortfall on the difference, bytes per request; null if there is no bound. */
function effectOf(
  said: CheckStatement,
  services: readonly ServiceAssessment[],
  trials: readonly TrialRecording[],
  requests = 0,
): number | null {
  const plannedOf = (id: string): number => trials.find(({ trial }) => trial.id === id)?.replay?.planned ?? requests;
  if (said.code === 'pace-late') {
    const { lateness } = said.facts;
    // Growth that comes with time and not with requests: at most all of an arm's own growth, during the additional
    // time.
    return lateness > MOST_LATENESS ? null : (lateness / (1 + lateness)) * steepest(services);
  }
  if (said.code === 'origin-count-differs')
    return bytesEach(Math.abs(said.facts.passed - said.facts.reached), plannedOf(said.facts.trial));
  if (said.code === 'answers-missing')
    return bytesEach(said.facts.expected - said.facts.answered, plannedOf(said.facts.trial));
  if (said.code === 'decided-otherwise') {
    const sum = (key: 'differing' | 'requests'): number =>
      said.facts.labels.reduce((total, label) => total + label[key], 0);
    return bytesEach(sum('differing'), Math.max(sum('requests'), pairRequests(trials)));
  }
  return null;
}

const bytesEach = (some: number, all: number): number | null => (all > 0 ? (some / all) * REQUEST_BYTES : null);

/** Requests of all replicates on one arm, the total for label differences. */
function pairRequests(trials: readonly TrialRecording[]): number {
  return trials
    .filter(({ trial, complete }) => complete && trial.arm === 'candidate' && trial.purpose === 'replicate')
    .reduce((sum, { replay }) => sum + (replay?.planned ?? 0), 0);
}

/** The steepest growth that any arm of any judged service can have, bytes per request. */
function steepest(services: readonly ServiceAssessment[]): number {
  return Math.max(
    0,
    ...services
      .filter(({ judged, metric }) => judged && metric.endsWith('_bytes'))
      .flatMap(({ growth }) => (['baseline', 'candidate'] as const).map((arm) => growth[arm]))
      .flatMap((one) => (one === null ? [] : [Math.abs(one.lower), Math.abs(one.upper)])),
  );
}

/** If a container dies, the checks that this breaks in its own trial are not a fault of the comparison. */
const DEATHS: ReadonlySet<string> = new Set(['oom-kill', 'exit', 'restart', 'process-replaced', 'vanished']);

/**
 * If the candidate died, that is a finding against it. The checks that the same death breaks in the candidate's own
 * trials do not weaken this finding.
 */
export function excusedByDeaths(
  checks: readonly ValidityCheck[],
  findings: readonly Finding[],
  trials: readonly TrialRecording[],
): ValidityCheck[] {
  const died = findings.some(
    ({ kind, severity, arm }) => severity === 'fail' && arm === 'candidate' && DEATHS.has(kind),
  );
  if (!died) return [...checks];
  const armOf = (id: string): ArmName | undefined => trials.find(({ trial }) => trial.id === id)?.trial.arm;
  return checks.map((check): ValidityCheck => {
    const { said } = check;
    if (check.ok || !BROKEN_BY_DEATH.has(said.code)) return check;
    if ('trial' in said.facts && armOf(said.facts.trial) !== 'candidate') return check;
    return { name: check.name, ok: true, said: { code: 'broken-by-death', facts: { shortfall: said } } };
  });
}

const BROKEN_BY_DEATH: ReadonlySet<CheckStatement['code']> = new Set([
  'sent-count-differs',
  'sent-content-differs',
  'answers-missing',
  'answers-failed',
  'decided-otherwise',
  'pace-late',
  'origin-silent',
  'origin-count-differs',
  'origin-content-differs',
  'action-not-done',
  'action-failed',
]);
