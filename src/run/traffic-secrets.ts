import { SlopegateError, type RequestTemplate, type TrafficSettings } from '../model/index.js';

type Environment = Readonly<Record<string, string | undefined>>;

const REFERENCE = /\$\{env:([A-Za-z_]\w*)\}/g;

/**
 * The traffic with every `${env:NAME}` of a header filled in. It is sent and never written down.
 * @throws SlopegateError SCENARIO_INVALID if a variable is not set
 */
export function withSecrets(traffic: TrafficSettings, env: Environment): TrafficSettings {
  const { mix, journeys } = traffic;
  return {
    ...traffic,
    mix: mix.map((template) => filled(template, env)),
    ...(journeys && {
      journeys: journeys.map((one) => ({ ...one, steps: one.steps.map((step) => filled(step, env)) })),
    }),
  };
}

/** The values of the secrets that the traffic uses. They are sent, and written nowhere. */
export function secretsOf({ mix, journeys = [] }: TrafficSettings, env: Environment): readonly string[] {
  const texts = [...mix, ...journeys.flatMap(({ steps }) => steps)].flatMap(({ headers }) => Object.values(headers));
  const names = texts.flatMap((text) => Array.from(text.matchAll(REFERENCE), ([, name = '']) => name));
  return [...new Set(names)].flatMap((name) => env[name] ?? []).filter((value) => value !== '');
}

function filled<T extends Pick<RequestTemplate, 'label' | 'headers'>>(template: T, env: Environment): T {
  const headers = Object.entries(template.headers).map(([name, text]) => [
    name,
    text.replace(REFERENCE, (_, variable: string) => literal(valueOf(variable, template.label, env))),
  ]);
  return { ...template, headers: Object.fromEntries(headers) as Readonly<Record<string, string>> };
}

function valueOf(variable: string, label: string, env: Environment): string {
  const value = env[variable];
  if (value !== undefined && value !== '') return value;
  throw new SlopegateError(
    'SCENARIO_INVALID',
    `A header of "${label}" uses the environment variable ${variable}, which is not set.`,
    { hint: `Set it for this command: ${variable}=… slopegate run …. Its value is never written down.` },
  );
}

/** A brace in the secret does not begin a placeholder. */
const literal = (value: string): string => value.replaceAll('{', '{{');
