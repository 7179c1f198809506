import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { HUNT_SCHEMA, SlopegateError, type HuntResult } from '../model/index.js';
import type { Result } from '../results/index.js';
import { renderIssue } from '../report/index.js';

/** The file of a hunt. */
const HUNT_FILE = 'hunt.json';

/**
 * The note for the makers of the candidate.
 * @param huntFolder the folder of a hunt in the same scenario; null without one
 * @throws SlopegateError USAGE for a run that did not fail, or a hunt in other images; RUN_UNREADABLE
 */
export async function issueOf(result: Result, huntFolder: string | null): Promise<string> {
  const { outcome } = result.verdict;
  if (outcome !== 'fail')
    throw new SlopegateError(
      'USAGE',
      `The run is ${outcome.toUpperCase()}: it does not show that the candidate grows.`,
      {
        hint: 'A note to its makers needs a FAIL. For other verdicts use --format markdown.',
      },
    );
  const hunt = huntFolder === null ? null : await readHunt(huntFolder);
  if (hunt !== null) refuseOthers(hunt, result, huntFolder ?? '');
  return renderIssue({ result, hunt, command: `slopegate run ${result.manifest.scenario.file}` });
}

async function readHunt(folder: string): Promise<HuntResult> {
  const path = join(folder, HUNT_FILE);
  const hint = 'Give the folder that "slopegate hunt" wrote.';
  let hunt: Partial<HuntResult>;
  try {
    hunt = JSON.parse(await readFile(path, 'utf8')) as Partial<HuntResult>;
  } catch (cause) {
    throw new SlopegateError('RUN_UNREADABLE', `${path} cannot be read.`, { cause, location: path, hint });
  }
  if (hunt.schema === HUNT_SCHEMA && Array.isArray(hunt.findings) && hunt.images !== undefined)
    return hunt as HuntResult;
  throw new SlopegateError('RUN_UNREADABLE', `${path} is no result of this version's hunt (${HUNT_SCHEMA}).`, {
    location: path,
    hint,
  });
}

/** What was found in other images says nothing about these. */
function refuseOthers(hunt: HuntResult, { containers }: Result, folder: string): void {
  const other = containers.candidate.find(
    ({ service, imageId }) =>
      hunt.images.candidate[service] !== undefined && !hunt.images.candidate[service]?.includes(imageId),
  );
  if (other === undefined) return;
  throw new SlopegateError('USAGE', `The hunt ran another image of ${other.service} than the run.`, {
    location: folder,
    hint:
      `The run had ${other.imageId}, the hunt ${hunt.images.candidate[other.service]}. ` +
      'Hunt again, or leave out --hunt.',
  });
}
