import { stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import type { InputFault } from '../model/index.js';
import { parseYaml, readText, type YamlSource } from '../yaml/index.js';
import { dotEnv } from './dot-env.js';
import type { Lookup } from './interpolate.js';
import { fillIn } from './fill-in.js';
import { inLongForms } from './long-forms.js';
import { MERGE_TAGS, mergeFiles, type ComposeFile, type TaggedFile } from './merge-files.js';

type Environment = Readonly<Record<string, string | undefined>>;

/** The content of compose files as far as it can be read without Docker. */
export interface ReadStack {
  /** Services by name, in their long forms, variables filled in; null if the files cannot be read. */
  readonly services: Readonly<Record<string, ComposeFile>> | null;
  /** Everything that the files say, variables filled in. */
  readonly model: ComposeFile;
  /** Whether the files include others (include, extends), which are not read here. */
  readonly partial: boolean;
  /** Variables that the files name. */
  readonly variables: readonly string[];
  /** Profiles that are asked for: services with other profiles alone are not started. */
  readonly profiles: readonly string[];
  readonly faults: readonly StackFault[];
}

interface StackFault {
  /** The number of the file. */
  readonly index: number;
  /** The place in the compose file; null if the fault is the file itself. */
  readonly fault: Omit<InputFault, 'code' | 'severity'>;
}

const CODE = 'COMPOSE_CONFIG';

/**
 * Reads compose files as Compose does, as far as this is possible without Docker. Faults of the files are returned,
 * never thrown.
 */
export async function readStack(
  files: readonly string[],
  environment: Environment,
  env: Environment,
): Promise<ReadStack> {
  const faults: StackFault[] = [];
  const models: TaggedFile[] = [];
  const variables = new Set<string>();
  const folder = dirname(resolve(files[0] ?? '.'));
  const defaults = await dotEnv(folder);
  const lookup: Lookup = (name) => environment[name] ?? env[name] ?? defaults[name];
  for (const [index, file] of files.entries()) {
    const wrong = (fault: StackFault['fault']) => faults.push({ index, fault });
    const text = await readRegular(file).catch((error: unknown) => (error as NodeJS.ErrnoException).code ?? 'error');
    if (typeof text === 'string') {
      wrong({ message: REASONS[text] ?? `cannot be read (${text})`, hint: PATH_HINT, place: null });
      continue;
    }
    if ('fault' in text) {
      wrong(text.fault);
      continue;
    }
    const source = parseYaml(text.text, file, CODE, MERGE_TAGS);
    for (const { message, hint, place } of source.faults) wrong({ message, hint, place });
    if (source.faults.length > 0) continue;
    if (!isMap(source.value)) {
      wrong({ message: 'this is not a compose file', hint: 'a compose file has services', place: source.place([]) });
      continue;
    }
    for (const fault of formFaults(source)) wrong(fault);
    const filled = fillIn(source.value, lookup);
    for (const name of filled.used) variables.add(name);
    for (const { path, name } of filled.missing)
      wrong({
        message: `${name} must have a value, but has none`,
        hint: `put ${name} into environment of this arm, or set it before the run`,
        place: source.place(path),
      });
    models.push({ value: inLongForms(filled.value as ComposeFile), tag: source.tag });
  }
  const model = mergeFiles(models);
  if (models.length === files.length && faults.length === 0 && !('services' in model) && !takesOthersIn(model))
    faults.push({ index: 0, fault: { ...NO_SERVICES, place: { file: files[0] ?? '', line: 1, column: 1, text: '' } } });
  return {
    services: models.length === files.length && isMap(model['services']) ? servicesOf(model['services']) : null,
    model,
    partial: takesOthersIn(model),
    variables: [...variables],
    profiles: (lookup('COMPOSE_PROFILES') ?? '').split(',').filter((name) => name !== ''),
    faults,
  };
}

/** A pipe or a device may never end, and can be read only once. */
async function readRegular(file: string) {
  const found = await stat(file);
  return found.isFile() || found.isDirectory() ? readText(file, CODE) : 'not regular';
}

const SERVICES_HINT = 'write each service below its name, with its image or its build';

/** Services of a form that Compose refuses. A value with a tag only says how files are merged. */
function formFaults({ value, place, tag }: YamlSource): StackFault['fault'][] {
  const { services } = value as ComposeFile;
  if (services === undefined || tag(['services']) !== null) return [];
  if (!isMap(services))
    return [{ message: 'services is not a map of services', hint: SERVICES_HINT, place: place(['services']) }];
  return Object.entries(services).flatMap(([name, service]) => {
    const at = place(['services', name]);
    if (!isMap(service) && tag(['services', name]) === null)
      return [{ message: `the service ${name} is not a map of settings`, hint: SERVICES_HINT, place: at }];
    if (SERVICE_NAME.test(name)) return [];
    const hint = 'use the letters a to z, digits, ".", "_" and "-"';
    return [{ message: `Compose does not accept the name of the service ${name}`, hint, place: at }];
  });
}

const SERVICE_NAME = /^[\w.-]+$/;

const NO_SERVICES = {
  message: 'there are no services in it',
  hint:
    'a compose file has services; in a file of Compose v1 they are at the top level: add a line "services:" at the ' +
    'top, and indent everything else by two spaces',
};

const PATH_HINT = 'the path is relative to the folder of the scenario file';
const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'this is a folder, not a compose file',
  EACCES: 'no permission to read it',
  ENOTDIR: 'there is no such file',
  ELOOP: 'its symbolic links form a circle',
  'not regular': 'this is a pipe or a device, not a compose file',
};

const isMap = (value: unknown): value is ComposeFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const servicesOf = (services: ComposeFile): Readonly<Record<string, ComposeFile>> =>
  Object.fromEntries(Object.entries(services).map(([name, service]) => [name, isMap(service) ? service : {}]));

function takesOthersIn(model: ComposeFile): boolean {
  const services = isMap(model['services']) ? Object.values(model['services']) : [];
  return 'include' in model || services.some((service) => isMap(service) && 'extends' in service);
}
