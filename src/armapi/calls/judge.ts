import type { RefusedCall } from '../../model/index.js';
import { containerId, networkId, type ArmNow } from './arm-view.js';
import { parseFilters, type Filters } from './filters.js';
import { parseCall, type Call } from './parse-call.js';
import { isUnderstoodFilter, RULES, type Answer, type Rule } from './rules.js';

export type Ruling =
  | {
      readonly kind: 'forward';
      readonly method: string;
      /** Made anew from what was understood: version, path with whole ids, query. */
      readonly path: string;
      readonly body: unknown;
      readonly answer: Answer;
      /** Name of the call in the report, if it changes something: `restart web`. */
      readonly acts: string | null;
    }
  | ({ readonly kind: 'refuse' } & RefusedCall);

/** A request as it came in. */
export interface Asked {
  readonly method: string;
  /** Path and query as they were sent. */
  readonly target: string;
  readonly body: string;
}

/**
 * Whether a request to the Docker API stays within the arm, and what the daemon is asked in its place. Until a call is
 * understood in every part it is refused. Pure.
 * @param ownLabels labels of everything that is the arm's: `io.slopegate.run=…`
 */
export function judge(asked: Asked, arm: ArmNow, ownLabels: readonly string[]): Ruling {
  const call = parseCall(asked.method, asked.target, asked.body);
  if (typeof call === 'string') return refuse(call, asked.method, asked.target.split('?')[0] ?? '');
  const found = ruleFor(call);
  if (found === null) return refuse('unknown', call.method, `/${call.path.join('/')}`);
  const { rule, pattern } = found;
  const shown = `/${pattern.join('/')}`;
  const names = resolve(call, pattern, arm);
  if (names === null) return refuse('missing', call.method, shown, call.path[1] ?? '');
  const filters = parseFilters(call.query.get('filters'));
  if (filters === null) return refuse('query', call.method, shown, 'filters');
  const wrong = wrongQuery(call, rule) ?? wrongFilter(filters, rule) ?? wrongField(call.body, rule);
  if (wrong !== null) return refuse(wrong.reason, call.method, shown, wrong.part);
  const query = new URLSearchParams({ ...passedOn(call, rule), ...rule.instead?.(ownLabels) }).toString();
  const version = call.version === null ? '' : `/v${call.version}`;
  return {
    kind: 'forward',
    method: call.method,
    path: `${version}/${names.join('/')}${query === '' ? '' : `?${query}`}`,
    body: rule.body === undefined ? undefined : forwardedBody(call.body),
    answer: rule.answer(arm, call.query, filters),
    acts: rule.acts === true ? `${call.path.at(-1)} ${serviceOf(arm, names[1] ?? '')}` : null,
  };
}

function refuse(reason: RefusedCall['reason'], method: string, path: string, part = ''): Ruling {
  return { kind: 'refuse', reason, call: `${method} ${path}`, part };
}

function ruleFor({ method, path }: Call): { readonly rule: Rule; readonly pattern: readonly string[] } | null {
  for (const [key, rule] of Object.entries(RULES)) {
    const [own, text = ''] = key.split(' ');
    const pattern = text.split('/');
    if (own !== method || pattern.length !== path.length) continue;
    if (pattern.every((part, index) => part.startsWith('{') || part === path[index])) return { rule, pattern };
  }
  return null;
}

/** The path with the ids of what is the arm's; null if something is not. */
function resolve({ path }: Call, pattern: readonly string[], arm: ArmNow): string[] | null {
  const ids = path.map((part, index): string | null => {
    if (pattern[index] === '{container}') return containerId(arm, part);
    if (pattern[index] === '{network}') return networkId(arm, part);
    if (pattern[index] === '{exec}') return arm.execs.has(part) ? part : null;
    return part;
  });
  return ids.includes(null) ? null : (ids as string[]);
}

type Wrong = { readonly reason: RefusedCall['reason']; readonly part: string } | null;

function wrongQuery({ query }: Call, rule: Rule): Wrong {
  const known = (name: string, value: string): boolean =>
    name === 'filters' ? rule.filters !== undefined : Object.hasOwn(rule.query, name) && rule.query[name]!.test(value);
  const wrong = [...query].find(([name, value]) => !known(name, value));
  return wrong === undefined ? null : { reason: 'query', part: wrong[0] };
}

function wrongFilter(filters: Filters, rule: Rule): Wrong {
  const wrong = [...filters].find(([key, texts]) => !rule.filters?.includes(key) || !isUnderstoodFilter(key, texts));
  return wrong === undefined ? null : { reason: 'filter', part: wrong[0] };
}

/** Clients send `{}` or `null` with calls that have no body. */
function wrongField(body: unknown, rule: Rule): Wrong {
  if (body === undefined || body === null) return null;
  if (typeof body !== 'object' || Array.isArray(body)) return { reason: 'body', part: '' };
  const fields = rule.body ?? {};
  const wrong = Object.entries(body).find(([key, value]) => !Object.hasOwn(fields, key) || !fields[key]!(value));
  return wrong === undefined ? null : { reason: 'body', part: wrong[0] };
}

/** Some clients repeat in the body which container they mean; the path says it. */
function forwardedBody(body: unknown): unknown {
  return Object.fromEntries(Object.entries(body ?? {}).filter(([key]) => key !== 'Container'));
}

/** What of the query goes on to the daemon: filters never, since they mean the names of the compose file. */
function passedOn({ query }: Call, rule: Rule): Record<string, string> {
  const { appliedHere = [] } = rule;
  return Object.fromEntries([...query].filter(([name]) => name !== 'filters' && !appliedHere.includes(name)));
}

function serviceOf({ containers }: ArmNow, id: string): string {
  return containers.find((container) => container.id === id)?.service ?? '';
}
