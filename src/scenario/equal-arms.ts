import { dirname } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { startedServices, type ReadStack } from '../composefile/index.js';
import { ARMS, type ArmName } from '../model/index.js';
import type { ScenarioFile } from '../schema/index.js';

type Arms = ScenarioFile['arms'];

/**
 * Whether both arms would surely run the same thing, as far as their files show. If this cannot be known without
 * Docker, the answer is no.
 */
export function equalArms(arms: Arms, stacks: Readonly<Record<ArmName, ReadStack>>): boolean {
  const [baseline, candidate] = ARMS.map((arm) => settingsOf(arms[arm]));
  if (!isDeepStrictEqual(baseline, candidate)) return false;
  if (ARMS.some((arm) => stacks[arm].services === null || stacks[arm].faults.length > 0)) return false;
  const sameFiles = isDeepStrictEqual(arms.baseline.compose, arms.candidate.compose);
  if (sameFiles && isDeepStrictEqual(arms.baseline.environment, arms.candidate.environment)) return true;
  // Included files may name a variable, or be in another folder.
  if (ARMS.some((arm) => stacks[arm].partial)) return false;
  const [oldFolder, newFolder] = ARMS.map((arm) => dirname(arms[arm].compose[0] ?? ''));
  if (oldFolder !== newFolder && ARMS.some((arm) => hasRelativePath(stacks[arm].model))) return false;
  const [old, own] = ARMS.map((arm) => [stacks[arm].model, Object.keys(startedServices(stacks[arm]))]);
  return isDeepStrictEqual(old, own);
}

/** The settings of an arm without its compose files and its label. */
function settingsOf(arm: Arms[ArmName]): object {
  return Object.fromEntries(
    Object.entries(arm).filter(([key]) => key !== 'label' && key !== 'compose' && key !== 'environment'),
  );
}

function hasRelativePath(value: unknown): boolean {
  if (typeof value === 'string') return value.startsWith('.');
  if (typeof value !== 'object' || value === null) return false;
  return 'build' in value || 'env_file' in value || Object.values(value).some(hasRelativePath);
}
