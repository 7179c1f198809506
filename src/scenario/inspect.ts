import type { InputFault, Scenario } from '../model/index.js';
import { scenarioSchema, type ScenarioFile } from '../schema/index.js';
import { trafficFaults, type TrafficFault } from '../traffic/index.js';
import type { YamlSource } from '../yaml/index.js';
import { checkActions } from './check-actions.js';
import { checkGate } from './check-gate.js';
import { checkReach } from './check-reach.js';
import { checkRepeat } from './check-repeat.js';
import { checkSizes } from './check-sizes.js';
import { checkWindow } from './check-window.js';
import { faultOf, type Problem } from './problem.js';
import { repaired } from './repair.js';
import { schemaProblems } from './schema-problems.js';
import { schemaWords } from './schema-words.js';
import { toScenario } from './to-scenario.js';
import { valueAt } from './value-at.js';

/** A scenario file that was checked to its end. */
export interface Inspected {
  /** Null if an error was found. */
  readonly scenario: Scenario | null;
  readonly faults: readonly InputFault[];
  readonly source: YamlSource;
  /** The parts of the file that are valid by themselves. */
  readonly sound: Sections;
}

type Section = keyof ScenarioFile;
export type Sections = Partial<ScenarioFile>;

/** Valid values that replace invalid parts, so that the other parts can be checked. */
const STAND_INS = {
  name: 'stand-in',
  arms: { baseline: { label: 'a', compose: 'a' }, candidate: { label: 'b', compose: 'b' } },
  stack: { entry: 'a:1' },
  traffic: { mix: [{ label: 'a', request: 'GET /' }] },
};

/** Checks over several keys, and the parts that each check needs. */
const CHECKS: readonly {
  readonly needs: readonly Section[];
  readonly check: (scenario: Scenario, file: ScenarioFile) => readonly Problem[];
}[] = [
  { needs: ['traffic'], check: ({ traffic }) => trafficFaults(traffic).map(underTraffic) },
  { needs: ['traffic'], check: checkReach },
  { needs: ['traffic', 'experiment'], check: checkWindow },
  { needs: ['traffic', 'experiment', 'gate'], check: checkSizes },
  { needs: ['traffic', 'experiment', 'arms', 'stack'], check: checkActions },
  { needs: ['gate'], check: (_, file) => checkGate(file) },
  { needs: ['traffic', 'experiment', 'gate', 'observe'], check: checkRepeat },
];

/** Everything that can be said about a scenario from its own text. */
export function inspectSource(source: YamlSource, file: string): Inspected {
  if (source.faults.some(({ severity }) => severity === 'error') && source.value === null)
    return { scenario: null, faults: source.faults, source, sound: {} };
  const shape = shapeProblem(source.value);
  if (shape !== null) return { scenario: null, faults: [...source.faults, faultOf(shape, source)], source, sound: {} };
  const { value, problems } = readSchema(source);
  const sound = soundSections(value, problems);
  const whole = scenarioSchema.parse({ slopegate: 1, ...STAND_INS, ...rawSections(value, sound) });
  const scenario = toScenario(whole, file);
  const across = CHECKS.flatMap(({ needs, check }) =>
    needs.every((section) => section in sound) ? check(scenario, whole) : [],
  );
  const broken = source.faults.some(({ severity }) => severity === 'error');
  const found = [...problems, ...across]
    // What is missing may stand where the YAML cannot be read.
    .filter(({ path }) => !broken || valueAt(source.value, path) !== undefined)
    .map((problem) => faultOf(problem, source));
  const faults = [
    ...source.faults,
    ...found.filter((fault) => !source.faults.some((known) => samePlace(known, fault))),
  ];
  const failed = faults.some(({ severity }) => severity === 'error');
  return { scenario: failed ? null : scenario, faults: inOrder(faults), source, sound };
}

/** A fault of the file as a whole, if it is not a scenario at all. */
function shapeProblem(value: unknown): Problem | null {
  const hint = 'a scenario begins with slopegate: 1; "slopegate init" writes one';
  if (value === null) return { kind: 'not-a-scenario', path: [], message: 'the file is empty', hint };
  if (Array.isArray(value))
    return { kind: 'not-a-scenario', path: [], message: 'the file has a list, not a scenario', hint };
  return typeof value === 'object'
    ? null
    : { kind: 'not-a-scenario', path: [], message: 'the file has a text, not a scenario', hint };
}

function readSchema(source: YamlSource): { readonly value: unknown; readonly problems: readonly Problem[] } {
  const parse = (value: unknown) => scenarioSchema.safeParse(value, { error: schemaWords, reportInput: true });
  const first = parse(source.value);
  if (first.success) return { value: source.value, problems: [] };
  const value = repaired(source, first.error.issues);
  if (value === null) return { value: source.value, problems: schemaProblems(first.error.issues, source.value) };
  const second = parse(value);
  return { value, problems: second.success ? [] : schemaProblems(second.error.issues, value) };
}

function soundSections(value: unknown, problems: readonly Problem[]): Sections {
  const faulty = new Set(problems.map(({ path }) => path[0]));
  const sections = (Object.keys(scenarioSchema.shape) as Section[]).filter((section) => !faulty.has(section));
  return Object.fromEntries(
    sections.flatMap((section) => {
      const parsed = scenarioSchema.shape[section].safeParse(valueAt(value, [section]));
      return parsed.success ? [[section, parsed.data]] : [];
    }),
  );
}

function rawSections(value: unknown, sound: Sections): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.keys(sound).flatMap((section) => {
      const raw = valueAt(value, [section]);
      return raw === undefined ? [] : [[section, raw]];
    }),
  );
}

const underTraffic = ({ path, ...fault }: TrafficFault): Problem => ({
  ...fault,
  code: 'TRAFFIC_INVALID',
  path: ['traffic', ...path],
});

/** If a value could not be read, its wrong kind is not a second fault. */
function samePlace({ place: a }: InputFault, { place: b }: InputFault): boolean {
  return a !== null && b !== null && a.file === b.file && a.line === b.line && a.column === b.column;
}

/** In the order of the files; warnings after errors of the same line. */
export function inOrder(faults: readonly InputFault[]): readonly InputFault[] {
  const rank = ({ place, severity }: InputFault): number =>
    (place === null ? 0 : place.line * 10_000 + Math.min(place.column, 4_999)) + (severity === 'error' ? 0 : 5_000);
  return faults.toSorted((a, b) => rank(a) - rank(b));
}
