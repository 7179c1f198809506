import type { ComposeModel, ComposeService } from '../compose/model.js';
import { relocateAll, type Move } from '../subnets/index.js';
import { normalPath, type HostPaths } from '../hostpaths/host-path.js';
import { objectionToMount } from '../hostpaths/places.js';
import type { Change, Changed, Refusal } from '../model/index.js';
import type { IsolateOptions } from './types.js';

/** A host path that a build reads, and the key of `build` that names it. */
interface BuildPath {
  readonly service: string;
  readonly key: string;
  readonly path: string;
}

/** Every host path that the builds of a model read: contexts, files of secrets, keys for ssh. */
export function buildPathsOf({ services, secrets = {} }: ComposeModel): BuildPath[] {
  const files = secrets as Readonly<Record<string, { readonly file?: string } | null>>;
  return Object.entries(services).flatMap(([service, { build = {} }]) => {
    const contexts = Object.values((build['additional_contexts'] ?? {}) as Readonly<Record<string, string>>);
    const sources = ((build['secrets'] ?? []) as readonly { readonly source: string }[]).map(({ source }) => source);
    const keys = ((build['ssh'] ?? []) as readonly string[]).map((text) => text.slice(text.indexOf('=') + 1));
    const all: Readonly<Record<string, readonly (string | undefined)[]>> = {
      context: [build['context'] as string | undefined],
      additional_contexts: contexts,
      secrets: sources.map((source) => files[source]?.file),
      ssh: keys,
    };
    return Object.entries(all).flatMap(([key, paths]) =>
      paths.flatMap((path) => (path?.startsWith('/') === true ? [{ service, key, path: normalPath(path) }] : [])),
    );
  });
}

/** What a build would take out of the host into the image, although it belongs to no stack. Pure. */
export function refusedBuildPaths(model: ComposeModel, hostPaths: HostPaths): Refusal[] {
  return buildPathsOf(model).flatMap(({ service, key, path }): Refusal[] =>
    objectionToMount({ type: 'bind', source: path, target: '', read_only: true }, hostPaths) === null
      ? []
      : [
          {
            path: `services.${service}.build.${key}`,
            code: 'build-reads-host',
            facts: { source: path },
            allow: 'host-system',
            service,
          },
        ],
  );
}

/** An image is built once, before there are arms: what its build reaches or repeats is told. */
export function tellOfBuild(
  service: ComposeService,
  _name: string,
  _options: IsolateOptions,
  moves: readonly Move[],
): Changed<ComposeService> {
  const { build } = service;
  if (build === undefined) return { part: service, changes: [] };
  const changes: Change[] = [];
  if (JSON.stringify(relocateAll(build, moves)) !== JSON.stringify(build))
    changes.push({
      path: 'build',
      code: 'build-repeats-address',
      facts: {},
    });
  if (build['network'] === 'host')
    changes.push({
      path: 'build.network',
      code: 'build-on-host-network',
      facts: {},
      mustKnow: true,
    });
  if (((build['ssh'] ?? []) as readonly unknown[]).length > 0)
    changes.push({
      path: 'build.ssh',
      code: 'build-uses-keys',
      facts: {},
      mustKnow: true,
    });
  return { part: service, changes };
}
