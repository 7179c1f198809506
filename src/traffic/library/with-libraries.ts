import {
  attackLabel,
  type FieldGenerator,
  type LibrarySource,
  type RequestTemplate,
  type TrafficSettings,
} from '../../model/index.js';
import { ATTACKS } from './attacks.js';
import type { Attack } from './attack.js';

/** The traffic with its libraries as templates and fields. The classes share a library's weight equally. */
export function withLibraries<T extends TrafficSettings>(traffic: T): T {
  const libraries = (traffic.sources ?? []).filter((source) => source.kind === 'library');
  if (libraries.length === 0) return traffic;
  return {
    ...traffic,
    fields: { ...traffic.fields, ...Object.assign({}, ...libraries.map(fieldsOf)) },
    mix: [...traffic.mix, ...libraries.flatMap(templatesOf)],
  };
}

/** A scenario's own fields have no dot in their names. */
export const fieldOf = (name: string): string => `attacks.${name}`;

function fieldsOf({ classes }: LibrarySource): Record<string, FieldGenerator> {
  return Object.fromEntries(classes.map((name) => [fieldOf(name), { kind: 'oneOf', values: ATTACKS[name].payloads }]));
}

function templatesOf({ classes, weight }: LibrarySource): RequestTemplate[] {
  return classes.map((name) => ({
    ...requestOf(ATTACKS[name], `{${fieldOf(name)}}`),
    label: attackLabel(name),
    weight: weight / classes.length,
    expect: ATTACKS[name].expect,
  }));
}

function requestOf({ place }: Attack, payload: string): Omit<RequestTemplate, 'label' | 'weight' | 'expect'> {
  const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) slopegate', Accept: '*/*' };
  const get = { method: 'GET', headers, body: null };
  switch (place.in) {
    case 'query':
      return { ...get, path: `${place.path}?${place.name}=${payload}` };
    case 'path':
      return { ...get, path: `${place.path}/${payload}` };
    case 'header':
      return { ...get, path: place.path, headers: { ...headers, [place.name]: payload } };
    case 'form':
      return { method: 'POST', path: place.path, headers, body: { kind: 'form', fields: { [place.name]: payload } } };
    case 'body':
      break;
  }
  return { method: 'POST', path: place.path, headers, body: { kind: 'raw', contentType: place.type, text: payload } };
}
