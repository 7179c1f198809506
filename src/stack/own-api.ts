import { createArmApi, type ArmApi } from '../armapi/arm-api.js';
import type { ArmView, ServiceView } from '../armapi/calls/arm-view.js';
import type { ComposeModel } from '../compose/model.js';
import { labelFilter, type ResourceOwner } from '../docker/labels.js';
import { relocateAll } from '../subnets/relocation.js';
import type { Isolated } from '../isolate/types.js';
import { apiFolderOf, type PreparedArm } from '../arms/index.js';

/** The Docker API of a trial's arm. Nothing is opened until one of its versions asks for it. */
export function openOwnApi({ daemonSocket }: PreparedArm, ownedBy: ResourceOwner): ArmApi {
  return createArmApi({
    folder: apiFolderOf(ownedBy),
    daemonSocket: daemonSocket ?? '',
    ownLabels: labelFilter(ownedBy),
  });
}

/** What the arm's services see of the arm: everything with the names of the compose file. */
export function viewOf(
  { model: original, images }: Pick<PreparedArm, 'model' | 'images'>,
  isolated: Isolated,
): ArmView {
  const { name: real = '', services, networks = {}, volumes = {} } = isolated.model;
  const shown = original.name ?? real;
  const known = Object.entries(original.services).filter(([name]) => services[name] !== undefined);
  return {
    project: { real, shown },
    services: Object.fromEntries(
      known.map(([name, { container_name: containerName = null, labels = {}, image }]): [string, ServiceView] => [
        name,
        {
          containerName,
          labels: plain(relocateAll(labels, isolated.moves)),
          image: image ?? images[name]?.name ?? null,
        },
      ]),
    ),
    networks: namesIn(networks, original.networks ?? {}, shown),
    volumes: namesIn(volumes, original.volumes ?? {}, shown),
  };
}

/** A resolved model has each dollar sign twice. */
function plain(labels: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(labels).map(([key, value]) => [key, value.replaceAll('$$', '$')]));
}

type Resources = NonNullable<ComposeModel['networks']>;

/** Name on the daemon → name in the compose file. */
function namesIn(own: Resources, original: Resources, project: string): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(own).flatMap(([key, resource]) =>
      resource?.name === undefined ? [] : [[resource.name, original[key]?.name ?? `${project}_${key}`]],
    ),
  );
}
