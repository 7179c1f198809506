import { SlopegateError, type ArmDifference, type Scenario } from '../../model/index.js';

/**
 * Equal arms compare a version with itself. A PASS then says nothing about an upgrade, so the scenario must ask for it.
 * @throws SlopegateError ARMS_ALIKE if nothing differs and the scenario does not say `expect: same`
 */
export function refuseAlike({ expect, file }: Scenario, differences: readonly ArmDifference[]): void {
  if (differences.length > 0 || expect === 'same') return;
  throw new SlopegateError(
    'ARMS_ALIKE',
    'Both arms would run the same: their images, settings and files do not differ.',
    {
      location: file,
      hint:
        'Does the compose file use the variables of arms.X.environment? If it has the tag itself, ' +
        'arms.X.images replaces it. To compare a version with itself, write "expect: same".',
    },
  );
}
