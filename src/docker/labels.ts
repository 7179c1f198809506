import type { ArmName } from '../model/index.js';

/** Labels on every container, network and volume that slopegate creates. Clean-up uses nothing else. */
export const LABEL = {
  mark: 'io.slopegate',
  run: 'io.slopegate.run',
  trial: 'io.slopegate.trial',
  arm: 'io.slopegate.arm',
  owner: 'io.slopegate.owner',
} as const;

/** The run and trial to which a resource belongs. */
export interface ResourceOwner {
  readonly runId: string;
  readonly trialId?: string;
  readonly arm?: ArmName;
}

/** The labels of a resource. `owner` is the process on whose life it depends. */
export function labelsOf(ownedBy: ResourceOwner, owner: string): Record<string, string> {
  return { [LABEL.mark]: '1', ...specific(ownedBy), [LABEL.owner]: owner };
}

/** A Docker label filter. Without an owner it matches everything that is ours. */
export function labelFilter(ownedBy: Partial<ResourceOwner> = {}): string[] {
  return [`${LABEL.mark}=1`, ...Object.entries(specific(ownedBy)).map(([key, value]) => `${key}=${value}`)];
}

function specific({ runId, trialId, arm }: Partial<ResourceOwner>): Record<string, string> {
  return {
    ...(runId === undefined ? {} : { [LABEL.run]: runId }),
    ...(trialId === undefined ? {} : { [LABEL.trial]: trialId }),
    ...(arm === undefined ? {} : { [LABEL.arm]: arm }),
  };
}

/** Name of the Compose project of one trial: lower-case letters, digits and dashes, as Compose requires. */
export function projectName({ runId, trialId = '', arm = 'baseline' }: ResourceOwner): string {
  const parts = ['slopegate', runId, trialId, ...(trialId.includes(arm) ? [] : [arm])];
  return parts
    .map((part) =>
      part
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .replace(/^-+|-+$/g, ''),
    )
    .filter((part) => part !== '')
    .join('-');
}
