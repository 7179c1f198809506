import {
  meansImage,
  profilesOf,
  readStack,
  repositoryOf,
  startedServices,
  type ReadStack,
} from '../composefile/index.js';
import { ARMS, type ArmName, type InputFault, type Step } from '../model/index.js';
import type { ScenarioFile } from '../schema/index.js';
import { nearest } from '../words/nearest.js';
import type { YamlSource } from '../yaml/index.js';
import { equalArms } from './equal-arms.js';
import type { Sections } from './inspect.js';
import { faultOf, type Problem } from './problem.js';

type Environment = Readonly<Record<string, string | undefined>>;
type Arms = ScenarioFile['arms'];

/**
 * Checks the compose files as far as this is possible without Docker: whether they exist, whether the scenario's names
 * are in them, and whether the two arms differ at all.
 */
export async function checkStack(
  sound: Sections,
  source: YamlSource,
  env: Environment,
): Promise<readonly InputFault[]> {
  const { arms } = sound;
  if (arms === undefined) return [];
  const stacks = { baseline: await stackOf(arms.baseline, env), candidate: await stackOf(arms.candidate, env) };
  return [
    ...distinct(ARMS.flatMap((arm) => fileFaults(arm, arms, stacks[arm], source))),
    ...ARMS.flatMap((arm) => imageProblems(arm, arms[arm], stacks[arm])).map((problem) => faultOf(problem, source)),
    ...distinct(namesOf(sound, stacks).map((problem) => faultOf(problem, source))),
    ...(sound.expect === 'same' || !equalArms(arms, stacks) ? [] : [faultOf(EQUAL, source)]),
  ];
}

const EQUAL: Problem = {
  kind: 'arms-alike',
  path: ['arms', 'candidate'],
  message: 'both arms are the same: their compose files, variables and steps give the same stack',
  hint:
    'give the candidate another version: in environment (with ${VERSION} in the compose file) or in images; ' +
    'to compare a version with itself on purpose, write expect: same',
};

function stackOf({ compose, environment }: Arms[ArmName], env: Environment): Promise<ReadStack> {
  const stated = Object.entries(environment).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
  return readStack(compose, Object.fromEntries(stated) as Readonly<Record<string, string>>, env);
}

/**
 * If a file cannot be read, the fault is at the place where the scenario names it. Faults in a file are at their own
 * place in it.
 */
function fileFaults(arm: ArmName, arms: Arms, { faults }: ReadStack, source: YamlSource): InputFault[] {
  return faults.map(({ index, fault }) => {
    const file = arms[arm].compose[index] ?? '';
    return {
      code: 'COMPOSE_CONFIG',
      kind: 'compose-file',
      severity: 'error',
      message: `${fault.place === null ? `the compose file ${file}: ` : ''}${fault.message}`,
      hint: fault.hint,
      place: fault.place ?? source.place(['arms', arm, 'compose', index]),
    };
  });
}

/** A tag for an image that the arm does not have would not change the version. */
function imageProblems(arm: ArmName, { images }: Arms[ArmName], { services, partial, faults }: ReadStack): Problem[] {
  if (services === null || partial || faults.length > 0) return [];
  const names = Object.values(services).flatMap(({ image, build }) =>
    typeof image === 'string' && build === undefined ? [repositoryOf(image)] : [],
  );
  // Values from the environment of the run are not known here.
  if (names.some((name) => name.includes('${'))) return [];
  const unused = Object.keys(images).filter((pattern) => !names.some((name) => meansImage(pattern, name)));
  return unused.map((pattern) => {
    const meant = nearest(pattern, names);
    const known = names.length === 0 ? 'none has an image that is not built' : [...new Set(names)].join(', ');
    return {
      kind: 'unknown-image',
      path: ['arms', arm, 'images', pattern],
      message: `the compose files have no image "${pattern}", so this tag would change nothing`,
      hint: meant === null ? `images: ${known}` : `did you mean "${meant}"?`,
    };
  });
}

interface Named {
  readonly path: readonly PropertyKey[];
  readonly service: string;
  /** Arms whose stack must have it. For things that both share, one arm is enough. */
  readonly arms: readonly ArmName[];
  readonly severity: InputFault['severity'];
}

function namesOf(sound: Sections, stacks: Readonly<Record<ArmName, ReadStack>>): Problem[] {
  return namedServices(sound).flatMap(({ path, service, arms, severity }) => {
    const known = arms.flatMap((arm) => {
      const { services, partial } = stacks[arm];
      return services === null || partial ? [] : [Object.keys(startedServices(stacks[arm]))];
    });
    if (known.length < arms.length) return [];
    const lacking = known.filter((names) => !names.includes(service));
    const missing = severity === 'error' ? lacking[0] : lacking.length === known.length ? known.flat() : undefined;
    if (missing === undefined) return [];
    const off = arms.flatMap((arm) => profilesOf(stacks[arm].services?.[service] ?? {}));
    if (off.length > 0) return [profileProblem(service, [...new Set(off)], { path, severity })];
    const names = [...new Set(missing)];
    const meant = nearest(service, names);
    return [
      {
        kind: 'unknown-service',
        path,
        severity,
        message: `the compose files have no service "${service}"`,
        hint: meant === null ? `services: ${names.join(', ')}` : `did you mean "${meant}"?`,
      },
    ];
  });
}

/** The service is in the files, but would not be started. */
function profileProblem(service: string, profiles: readonly string[], at: Pick<Problem, 'path' | 'severity'>): Problem {
  const [first = ''] = profiles;
  return {
    ...at,
    kind: 'unknown-service',
    message: `the service "${service}" is not started: none of its profiles (${profiles.join(', ')}) is on`,
    hint: `write COMPOSE_PROFILES: ${first} into environment of each arm that needs it`,
  };
}

function namedServices({ arms, stack, experiment }: Sections): Named[] {
  const needed = (path: readonly PropertyKey[], service: string, of: readonly ArmName[]): Named => ({
    path,
    service,
    arms: of,
    severity: 'error',
  });
  const inSteps = (steps: readonly Step[], path: readonly PropertyKey[], of: readonly ArmName[]): Named[] =>
    steps.map((step, index) => needed([...path, index], serviceOf(step), of));
  const withoutOwn = (key: 'entry' | 'steps'): readonly ArmName[] => ARMS.filter((arm) => arms?.[arm][key] === null);
  return [
    ...ARMS.flatMap((arm): Named[] => {
      const { entry, omit, steps, upgraded } = arms?.[arm] ?? { entry: null, omit: [], steps: null, upgraded: [] };
      const at = ['arms', arm];
      return [
        ...(entry === null ? [] : [needed([...at, 'entry'], entry.service, [arm])]),
        ...omit.map((service, index) => needed([...at, 'omit', index], service, [arm])),
        ...inSteps(steps ?? [], [...at, 'steps'], [arm]),
        ...inSteps(upgraded, [...at, 'upgraded'], [arm]),
      ];
    }),
    ...(stack === undefined
      ? []
      : [
          needed(['stack', 'entry'], stack.entry.service, withoutOwn('entry')),
          ...(stack.origin === null ? [] : [needed(['stack', 'origin'], stack.origin.service, ARMS)]),
          ...inSteps(stack.steps, ['stack', 'steps'], withoutOwn('steps')),
          ...stack.unjudged.map((service, index): Named => ({
            ...needed(['stack', 'unjudged', index], service, ARMS),
            severity: 'warning',
          })),
          ...Object.keys(stack.roles).map((service): Named => ({
            ...needed(['stack', 'roles', service], service, ARMS),
            severity: 'warning',
          })),
        ]),
    ...inSteps(
      (experiment?.actions ?? []).map(({ step }) => step),
      ['experiment', 'actions'],
      ARMS,
    ),
  ];
}

function serviceOf(step: Step): string {
  if (step.kind === 'port') return step.endpoint.service;
  return step.kind === 'answer' || step.kind === 'http' ? step.request.endpoint.service : step.service;
}

/** A fault that both arms have is reported once. */
function distinct(faults: readonly InputFault[]): InputFault[] {
  const known = new Map(faults.map((fault) => [JSON.stringify([fault.place, fault.message]), fault]));
  return [...known.values()];
}
