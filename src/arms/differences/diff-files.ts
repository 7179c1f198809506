import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { ComposeModel } from '../../compose/model.js';
import { readStack, type ReadStack } from '../../composefile/index.js';
import { hostPathsOf } from '../../hostpaths/sources.js';
import {
  ARMS,
  type ArmDifference,
  type ArmName,
  type Scenario,
  type Stated,
  type UnknownFacts,
} from '../../model/index.js';
import { replaceTags } from '../replace-tags.js';
import { answers } from '../survey/answers.js';
import { digestOf } from '../survey/digests.js';
import { maskedDifferences } from './masked.js';
import { writtenModel } from './written-model.js';

/** What differs between the arms as far as their files show it, and what the files do not show. */
export interface FileDifferences {
  readonly differences: readonly ArmDifference[];
  readonly unknown: readonly Stated<UnknownFacts>[];
}

/**
 * The differences between the arms without Docker: compose files as they are written, and the files that they mount.
 * Images are compared by their names. Secrets are masked.
 * @throws SlopegateError COMPOSE_CONFIG if a file system does not answer
 */
export async function diffFiles(
  scenario: Scenario,
  env: Readonly<Record<string, string | undefined>>,
): Promise<FileDifferences> {
  const [baseline, candidate] = await Promise.all(
    ARMS.map((arm) => readStack(scenario.arms[arm].compose, scenario.arms[arm].environment, env)),
  );
  const stacks = { baseline: baseline!, candidate: candidate! };
  const modelOf = (arm: ArmName): ComposeModel => {
    const { compose, images = {} } = scenario.arms[arm];
    const places = { folder: dirname(compose[0] ?? '/'), home: env['HOME'] ?? '/' };
    return replaceTags(writtenModel(stacks[arm], places), images).model;
  };
  const models = { baseline: modelOf('baseline'), candidate: modelOf('candidate') };
  const digests = await digestsOfFiles(models);
  return { differences: maskedDifferences(scenario, models, { digests }), unknown: unknownOf(stacks) };
}

/** Two files with the same content are no difference, wherever they are. */
async function digestsOfFiles(
  models: Readonly<Record<ArmName, ComposeModel>>,
): Promise<Readonly<Record<string, string>>> {
  const all = ARMS.flatMap((arm) => [...new Set([...hostPathsOf(models[arm]), ...envFilesOf(models[arm])])]);
  const own = all.filter((path) => all.indexOf(path) === all.lastIndexOf(path));
  const digests = await Promise.all(
    own.map(async (path) => [path, await digestOf((await answers(path, realpath(path))) ?? path)] as const),
  );
  return Object.fromEntries(digests.flatMap(([path, digest]) => (digest === null ? [] : [[path, digest] as const])));
}

type EnvFile = string | { readonly path?: string };

function envFilesOf({ services }: ComposeModel): string[] {
  return Object.values(services).flatMap(({ env_file: files = {} }) =>
    Object.values(files as Readonly<Record<string, EnvFile>>).flatMap((file) =>
      typeof file === 'string' ? file : (file.path ?? []),
    ),
  );
}

function unknownOf(stacks: Readonly<Record<ArmName, ReadStack>>): Stated<UnknownFacts>[] {
  const isPartial = ARMS.some((arm) => stacks[arm].partial);
  return [
    ...(isPartial ? [{ code: 'files-not-read', facts: {} } as const] : []),
    { code: 'images-by-name', facts: {} },
  ];
}
