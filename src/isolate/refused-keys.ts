import type { ComposeModel, ComposeService } from '../compose/model.js';
import type { Refusal } from '../model/index.js';
import { judgeKeys, type Judge } from '../permissions/judge.js';
import {
  BUILD_KEYS,
  DEPLOY_KEYS,
  FILE_KEYS,
  MODEL_KEYS,
  NETWORK_KEYS,
  VOLUME_KEYS,
} from '../permissions/resource-keys.js';
import { ATTACHMENT_KEYS, MOUNT_KEYS, SERVICE_KEYS } from '../permissions/service-keys.js';

type Table = Readonly<Record<string, Judge>>;

/**
 * Everything in the model that is neither known to be harmless nor rewritten. The table lists what is permitted, not
 * what is dangerous.
 */
export function refusedKeys(model: ComposeModel): Refusal[] {
  return [
    ...ofPart([], model, MODEL_KEYS),
    ...Object.entries(model.services).flatMap(([name, service]) => ofService(name, service)),
    ...ofResources(model, 'networks', NETWORK_KEYS),
    ...ofResources(model, 'volumes', VOLUME_KEYS),
    ...ofResources(model, 'configs', FILE_KEYS),
    ...ofResources(model, 'secrets', FILE_KEYS),
  ];
}

function ofService(name: string, service: ComposeService): Refusal[] {
  const path = ['services', name];
  return [
    ...ofPart(path, service, SERVICE_KEYS),
    ...ofPart([...path, 'build'], service.build ?? {}, BUILD_KEYS),
    ...ofPart([...path, 'deploy'], service.deploy ?? {}, DEPLOY_KEYS),
    ...(service.volumes ?? []).flatMap((mount) => ofPart([...path, 'volumes', mount.target], { ...mount }, MOUNT_KEYS)),
    ...Object.entries(service.networks ?? {}).flatMap(([network, attachment]) =>
      ofPart([...path, 'networks', network], { ...attachment }, ATTACHMENT_KEYS),
    ),
  ].map((refusal) => ({ ...refusal, service: name }));
}

function ofResources(model: ComposeModel, kind: string, table: Table): Refusal[] {
  return Object.entries(
    (model[kind] ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>> | null>>,
  ).flatMap(([key, resource]) => ofPart([kind, key], resource ?? {}, table));
}

function ofPart(path: readonly string[], part: Readonly<Record<string, unknown>>, table: Table): Refusal[] {
  return judgeKeys(part, table).flatMap(({ key, objections }) =>
    objections.map((objection) => ({ path: [...path, key].join('.'), ...objection })),
  );
}
