import type { Change, Changed } from '../model/index.js';
import type { ComposeService } from '../compose/model.js';
import { relocateAll, type Move } from '../subnets/index.js';
import { tellOfBuild } from './builds.js';
import { healthWhileStarting } from './health.js';
import { putLens } from './lens.js';
import { limitResources } from './limits.js';
import { ownAddress, ownName } from './names.js';
import { publishPorts } from './ports.js';
import type { IsolateOptions } from './types.js';
import { restartsWhileStarting } from './restarts.js';
import { withinTheArm } from './within-the-arm.js';

/** Rewrites one thing in a service. The paths of its changes are relative to the service. */
export type ServiceRule = (
  service: ComposeService,
  name: string,
  options: IsolateOptions,
  moves: readonly Move[],
) => Changed<ComposeService>;

/** Applied in this order to every service. */
export const SERVICE_RULES: readonly ServiceRule[] = [
  ownName,
  ownLabels,
  tellOfBuild,
  pinnedImage,
  restartsWhileStarting,
  withinTheArm,
  healthWhileStarting,
  ownAddress,
  movedTexts,
  localLog,
  publishPorts,
  limitResources,
  putLens,
];

/**
 * A production service that reads Docker's labels (Traefik, Watchtower) would treat the arm's containers as its own.
 * The arm's own services can read them only if they may ask the daemon.
 */
function ownLabels(service: ComposeService, _name: string, { labels, allow }: IsolateOptions): Changed<ComposeService> {
  const stated = Object.keys(service.labels ?? {}).filter((key) => labels[key] === undefined);
  if (stated.length === 0 || allow.includes('docker-socket'))
    return { part: { ...service, labels: { ...service.labels, ...labels } }, changes: [] };
  return {
    part: { ...service, labels: { ...labels } },
    changes: [
      {
        path: 'labels',
        code: 'labels-removed',
        facts: {},
      },
    ],
  };
}

/** The image was built or pulled before, and is the same in every trial. */
function pinnedImage(service: ComposeService, name: string, { images }: IsolateOptions): Changed<ComposeService> {
  const image = Object.hasOwn(images, name) ? images[name] : undefined;
  if (image === undefined) return { part: service, changes: [] };
  const { build: _build, ...rest } = service;
  return { part: { ...rest, image, pull_policy: 'never' }, changes: [] };
}

/** Every text of a service that may repeat an address of a moved subnet. */
const TOLD = [
  'environment',
  'command',
  'entrypoint',
  'extra_hosts',
  'healthcheck',
  'dns',
  'sysctls',
  'post_start',
  'pre_stop',
] as const;

function movedTexts(
  service: ComposeService,
  _name: string,
  _options: IsolateOptions,
  moves: readonly Move[],
): Changed<ComposeService> {
  const changes: Change[] = [];
  const told = [...TOLD, 'labels'].flatMap((key) => {
    const before = service[key];
    if (before === undefined || before === null) return [];
    const after = relocateAll(before, moves);
    changes.push(...differences(key, before, after));
    return [[key, after] as const];
  });
  return { part: { ...service, ...Object.fromEntries(told) }, changes };
}

/** Maps are reported key by key, lists and texts as a whole. A value may be a secret, so it is not shown here. */
function differences(path: string, before: unknown, after: unknown): Change[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return [];
  if (typeof before !== 'object' || before === null || Array.isArray(before))
    return [{ path, code: 'moved-with-subnet', facts: {} }];
  return Object.entries(before).flatMap(([key, value]: [string, unknown]) =>
    differences(`${path}.${key}`, value, (after as Readonly<Record<string, unknown>>)[key]),
  );
}

const LOCAL_DRIVERS = ['json-file', 'local', 'none'];

/** A log that is sent somewhere else, or to the host's journal, mixes with that of production, and others act on it. */
function localLog(service: ComposeService): Changed<ComposeService> {
  const driver = (service['logging'] as { readonly driver?: string } | undefined)?.driver;
  if (driver === undefined || LOCAL_DRIVERS.includes(driver)) return { part: service, changes: [] };
  return {
    part: { ...service, logging: { driver: 'json-file', options: { 'max-size': '10m', 'max-file': '1' } } },
    changes: [{ path: 'logging', code: 'log-kept-here', facts: { driver } }],
  };
}
