import type { ComposeModel, ComposeService } from '../compose/model.js';
import { asMounts } from './as-mounts.js';
import { at, sourceOf, type HostPaths } from './host-path.js';

/** One text that a service gets, and its place. */
export interface ServiceText {
  readonly service: string;
  /** `environment.DSN`, `command`, `configs.NAME`, or the host path of a mounted file. */
  readonly place: string;
  readonly text: string;
}

const KEYS = ['command', 'entrypoint', 'extra_hosts', 'dns', 'healthcheck', 'post_start', 'pre_stop'];

/**
 * Everything that the services are told: variables, commands, configs and secrets, and the small text files that they
 * mount.
 */
export function textsOfServices(original: ComposeModel, hostPaths: HostPaths): ServiceText[] {
  const model = asMounts(original, hostPaths);
  const { services } = model;
  return Object.entries(services).flatMap(([service, own]) => [
    ...variablesOf(own).map(([name, text]) => ({ service, place: `environment.${name}`, text })),
    ...KEYS.flatMap((key) =>
      own[key] === undefined ? [] : textsOf(own[key]).map((text) => ({ service, place: key, text })),
    ),
    ...contentsOf(model, own).map(([place, text]) => ({ service, place, text })),
    ...(own.volumes ?? []).flatMap((mount) => {
      const { text } = at(hostPaths, sourceOf(mount));
      return mount.type !== 'bind' || text === '' ? [] : [{ service, place: sourceOf(mount), text }];
    }),
  ]);
}

/** Configs and secrets of a service whose text stands in the compose file itself. */
function contentsOf(model: ComposeModel, service: ComposeService): [string, string][] {
  return (['configs', 'secrets'] as const).flatMap((kind) => {
    const resources = (model[kind] ?? {}) as Readonly<Record<string, { readonly content?: string } | null>>;
    return ((service[kind] ?? []) as readonly { readonly source: string }[]).flatMap(
      ({ source }): [string, string][] => {
        const content = resources[source]?.content;
        return content === undefined ? [] : [[`${kind}.${source}`, content]];
      },
    );
  });
}

function variablesOf(service: ComposeService): [string, string][] {
  return Object.entries((service['environment'] ?? {}) as Readonly<Record<string, string | null>>).flatMap(
    ([name, value]) => (value === null ? [] : [[name, value]]),
  );
}

function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}
