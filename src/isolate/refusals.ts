import type { ComposeModel, ComposeResource } from '../compose/model.js';
import type { SubnetPlan } from '../subnets/index.js';
import { refusedBuildPaths } from './builds.js';
import { refusedByOutbound } from './outbound.js';
import { at } from '../hostpaths/host-path.js';
import { objectionToMount } from '../hostpaths/places.js';
import { refusedKeys } from './refused-keys.js';
import type { Refusal } from '../model/index.js';
import type { IsolateOptions } from './types.js';
import { deviceOf, objectionToVolume } from '../hostpaths/volume-storage.js';

const LOOPBACK = '127.0.0.1';

/** Everything about the model, except its mounts, that would reach out of the arm and cannot be rewritten. */
export function refusalsOf(model: ComposeModel, options: IsolateOptions, subnets: SubnetPlan): Refusal[] {
  const found: Refusal[] = [
    ...refusedKeys(model),
    ...refusedBuildPaths(model, options.hostPaths),
    ...refusedByOutbound(model, options),
    ...Object.entries(model.volumes ?? {}).flatMap(([key, volume]) => ofVolume(key, volume ?? {}, options)),
    ...(options.publishedOn === LOOPBACK
      ? []
      : [
          {
            path: 'ports',
            code: 'ports-open',
            facts: { address: options.publishedOn },
            allow: 'remote-ports',
          } as const,
        ]),
    ...subnets.unmovable.map((text): Refusal => ({
      path: 'networks',
      code: 'subnet-not-movable',
      facts: { subnet: text },
      allow: null,
    })),
  ];
  return allowed(found, options);
}

/** The refusals that remain after the scenario's permissions. */
export function allowed(refusals: readonly Refusal[], { allow: permissions }: IsolateOptions): Refusal[] {
  return refusals.filter(({ allow }) => allow === null || !permissions.includes(allow));
}

function ofVolume(key: string, volume: ComposeResource, { hostPaths, volumesHere }: IsolateOptions): Refusal[] {
  const name = volume.name ?? key;
  if (volume.external === true && volumesHere?.includes(name) === false)
    return [
      {
        path: `volumes.${key}`,
        code: 'external-volume-missing',
        facts: { volume: name },
        allow: null,
      },
    ];
  const source = deviceOf(volume);
  if (source === null) {
    const objection = objectionToVolume(volume);
    return objection === null ? [] : [{ path: `volumes.${key}`, ...objection }];
  }
  const objection = objectionToMount({ type: 'bind', source, target: '' }, hostPaths);
  if (objection !== null) return [{ path: `volumes.${key}`, ...objection }];
  const { kind } = at(hostPaths, source);
  return kind === 'folder' || kind === 'missing'
    ? []
    : [{ path: `volumes.${key}`, code: 'volume-not-folder', facts: { source, kind }, allow: null }];
}
