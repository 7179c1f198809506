import { resolve } from 'node:path';
import type { ComposeModel, ComposeResource } from '../../compose/model.js';
import { isRemote, startedServices, type ReadStack } from '../../composefile/index.js';

type Map = Readonly<Record<string, unknown>>;
type Form = (value: unknown) => unknown;

/**
 * Compose files as a model like that of `docker compose config`, as far as their text shows it: with absolute paths,
 * without values that Compose would not accept. Pure.
 */
export function writtenModel(
  stack: ReadStack,
  { folder, home }: { readonly folder: string; readonly home: string },
): ComposeModel {
  const absolute: Form = (path) =>
    typeof path === 'string' ? resolve(folder, path.replace(/^~(?=\/|$)/, home)) : undefined;
  const { model } = stack;
  const resources = (kind: string, forms: Readonly<Record<string, Form>>) =>
    mapped(mapOf(model[kind]), (resource) => formed(mapOf(resource), forms)) as Readonly<
      Record<string, ComposeResource>
    >;
  return {
    services: mapped(startedServices(stack), (service) =>
      serviceOf(service as Map, absolute),
    ) as ComposeModel['services'],
    networks: resources('networks', {}),
    volumes: resources('volumes', { driver_opts: textsOf }),
    configs: resources('configs', { file: absolute }),
    secrets: resources('secrets', { file: absolute }),
  };
}

function serviceOf({ profiles: _profiles, ...service }: Map, absolute: Form): Map {
  const mount = (given: unknown): unknown => {
    const stated = mapOf(given);
    return stated['type'] === 'bind' ? formed(stated, { source: absolute }) : stated;
  };
  const file = (given: unknown): unknown => (isMap(given) ? formed(given, { path: absolute }) : absolute(given));
  return formed(service, {
    image: textOf,
    environment: mapOf,
    depends_on: mapOf,
    networks: mapOf,
    build: (value) =>
      formed({ context: '.', ...mapOf(value) }, { context: (path) => (isRemote(path) ? path : absolute(path)) }),
    volumes: (value) => listOf(value).map(mount).filter(isMount),
    // By their numbers: a later file wins.
    env_file: (value) => Object.fromEntries(listOf(value).map((one, index) => [index + 1, file(one)])),
  });
}

const isMap = (value: unknown): value is Map => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMount = (value: unknown): boolean =>
  isMap(value) && typeof value['target'] === 'string' && (value['type'] !== 'bind' || 'source' in value);
const mapOf = (value: unknown): Map => (isMap(value) ? value : {});
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const textOf: Form = (value) => (typeof value === 'string' ? value : undefined);
const textsOf: Form = (value) => mapped(mapOf(value), String);

function mapped(map: Map, form: Form): Map {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, form(value)]));
}

/** The map with these of its values in another form; without those that are empty then. */
function formed(map: Map, forms: Readonly<Record<string, Form>>): Map {
  return Object.fromEntries(
    Object.entries(map).flatMap(([key, value]) => {
      const form = Object.hasOwn(forms, key) ? forms[key] : undefined;
      const own = value === null || form === undefined ? value : form(value);
      return own === null || own === undefined ? [] : [[key, own]];
    }),
  );
}
