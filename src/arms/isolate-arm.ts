import { labelsOf, projectName, type ResourceOwner } from '../docker/labels.js';
import { isolate } from '../isolate/isolate.js';
import type { Isolated } from '../isolate/types.js';
import type { ArmName, Endpoint, ReadySettings, Scenario, StackRequest, Step } from '../model/index.js';
import { needsOf } from '../steps/index.js';
import { apiFolderOf } from './api-folder.js';
import type { PreparedArm } from './prepared-arm.js';

export interface ArmToIsolate {
  readonly prepared: PreparedArm;
  readonly owner: string;
  readonly request: Pick<StackRequest, 'scenario' | 'arm'>;
  /** End of the project's name, if a trial has a second project. */
  readonly suffix?: string;
}

/** The model that is started for this arm, and how it differs from its compose files. */
export function isolateArm(
  { prepared, owner, suffix = '', request: { scenario, arm } }: ArmToIsolate,
  ownedBy: ResourceOwner,
  subnetsInUse: readonly string[],
): Isolated {
  const { limits, allow = [], outbound = 'bring-up' } = scenario.stack;
  const { entry, origin, steps, upgraded, actions } = settingsOf(scenario, arm);
  const { endpoints, awaited } = needsOf([...steps, ...upgraded, ...actions]);
  return isolate(prepared.model, {
    project: `${projectName(ownedBy)}${suffix}`,
    labels: labelsOf(ownedBy, owner),
    publish: [entry, ...(origin === null ? [] : [origin]), ...endpoints],
    publishedOn: prepared.publishedOn,
    elsewhere: prepared.elsewhere,
    limits,
    images: Object.fromEntries(Object.entries(prepared.images).map(([service, image]) => [service, image.id])),
    hostImage: prepared.hostImage,
    omit: scenario.arms[arm].omit ?? [],
    subnetsInUse,
    hostPaths: prepared.hostPaths,
    apiFolder: prepared.daemonSocket === null ? null : apiFolderOf(ownedBy),
    allow,
    outbound,
    awaited,
    startupChecks: prepared.startupChecks,
    subpaths: prepared.subpaths,
    volumesHere: prepared.volumesHere,
    without: scenario.arms[arm].without ?? [],
    lens: prepared.lens,
  });
}

export interface ArmSettingsInForce {
  readonly entry: Endpoint;
  readonly origin: Endpoint | null;
  readonly ready: ReadySettings;
  readonly steps: readonly Step[];
  /** Instead of `steps`, if the arm goes on with the data of a version that has already had them. */
  readonly upgraded: readonly Step[];
  /** Done under load. */
  readonly actions: readonly Step[];
}

/** The settings of one arm: its own, and the stack's for those that it does not have. */
export function settingsOf({ stack, arms, experiment }: Scenario, arm: ArmName): ArmSettingsInForce {
  const { entry, ready, steps, upgraded } = arms[arm];
  return {
    entry: entry ?? stack.entry,
    origin: stack.origin,
    ready: ready ?? stack.ready,
    steps: steps ?? stack.steps ?? [],
    upgraded: upgraded ?? [],
    actions: (experiment.actions ?? []).map(({ step }) => step),
  };
}
