import { dirname, resolve } from 'node:path';
import { locationOf, SlopegateError, type InputFault, type Scenario } from '../model/index.js';
import { checkSources } from './check-sources.js';
import { checkStack } from './check-stack.js';
import { inOrder, inspectSource, type Inspected } from './inspect.js';
import { withOverrides, type Overrides } from './override.js';
import { withAcceptances } from './read-acceptances.js';
import { readSource, sourceOf, sourceOfText } from './read-source.js';
import type { FileText } from '../yaml/index.js';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads and validates a scenario file, and the files it extends.
 * @throws SlopegateError SCENARIO_UNREADABLE, SCENARIO_SYNTAX or SCENARIO_INVALID with all faults
 */
export async function loadScenario(path: string): Promise<Scenario> {
  return soundScenario(await inspectScenario(path));
}

/** The same, with the values that a command line gives instead of the file. */
export async function loadOverridden(path: string, overrides: Overrides): Promise<Scenario> {
  return soundScenario(await inspectScenario(path, overrides));
}

/** The same, but all faults and warnings are returned and not thrown. @throws SlopegateError SCENARIO_UNREADABLE */
export async function inspectScenario(path: string, overrides: Overrides = {}): Promise<Inspected> {
  const file = resolve(path);
  return withAcceptances(inspectSource(withOverrides(await readSource(file), overrides), file));
}

/** The same, with everything that compose files show without Docker, and whether the files of the traffic are there. */
export async function inspectWithFiles(inspected: Inspected, env: Environment): Promise<Inspected> {
  const { sound, source } = inspected;
  const found = [...(await checkStack(sound, source, env)), ...(await checkSources(sound, source))];
  const failed = found.some(({ severity }) => severity === 'error');
  return {
    ...inspected,
    scenario: failed ? null : inspected.scenario,
    faults: inOrder([...inspected.faults, ...found]),
  };
}

/** The same for a text that is not in a file. Its paths are relative to `folder`. */
export async function inspectText(text: FileText, folder: string, overrides: Overrides = {}): Promise<Inspected> {
  const name = 'standard input';
  const source = withOverrides(await sourceOfText(text, name, folder), overrides);
  return withAcceptances(inspectSource(source, resolve(folder, name)));
}

/**
 * The same for text that extends nothing and names no file of accepted findings. `file` is the path in error messages;
 * relative paths are resolved against it.
 */
export function parseScenario(text: string, file: string): Scenario {
  return soundScenario(inspectSource(sourceOf({ text }, file, dirname(file)), file));
}

/** The scenario if it has no faults. @throws SlopegateError with every fault */
function soundScenario({ scenario, faults }: Pick<Inspected, 'scenario' | 'faults'>): Scenario {
  if (scenario !== null) return scenario;
  throw faultsError(faults);
}

/** Several faults as one error. The first fault is its message; `faults` has all of them. */
function faultsError(faults: readonly InputFault[]): SlopegateError {
  const errors = faults.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (first === undefined) return new SlopegateError('SCENARIO_INVALID', 'the scenario is not valid');
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : '';
  return new SlopegateError(first.code, `${first.message}${more}`, {
    faults: errors,
    ...(first.place === null ? {} : { location: locationOf(first.place) }),
    ...(first.hint === null ? {} : { hint: first.hint }),
  });
}
