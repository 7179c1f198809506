/** The two sides of the comparison. */
export const ARMS = ['baseline', 'candidate'] as const;
export type ArmName = (typeof ARMS)[number];

export function otherArm(arm: ArmName): ArmName {
  return arm === 'baseline' ? 'candidate' : 'baseline';
}
