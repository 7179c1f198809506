import { knownGrowth } from '../facts/index.js';
import { explanationReport, readResult, writeReports } from '../journal/index.js';
import { ARMS, SlopegateError, type Context, type OnEvent, type Scenario } from '../model/index.js';
import type { ExplainedRun, Explanation, Result } from '../results/index.js';
import { portableScenario } from '../scenario/index.js';
import { explainScenario } from './explain-scenario.js';
import { writeAll } from './judgement.js';
import { firstDifference } from './resume.js';
import { refuseLiving } from './run-lock.js';

/**
 * Explains what a run shows: starts its two versions again for a diagnosis, writes `explanation.json` into the folder
 * of the run, and writes the reports again. The verdict stays as it is.
 * @param given the scenario of the run, as it is now
 * @param requests how many requests are sent each time
 * @returns the result of the run, with the explanation
 * @throws SlopegateError USAGE for another scenario, RUN_UNREADABLE, RESUME_REFUSED if the run is still going on, and
 *   what explainScenario throws
 */
export async function explainRun(
  given: Scenario,
  context: Context,
  directory: string,
  requests: number,
  onEvent: OnEvent,
): Promise<Result & { readonly explanation: Explanation }> {
  await refuseLiving(directory, context);
  const result = await readResult(directory);
  const { name } = result.manifest.scenario;
  if (name !== given.name)
    throw new SlopegateError('USAGE', `This is a run of the scenario ${name}, not ${given.name}.`, {
      location: directory,
      hint: 'Give the scenario file of the run.',
    });
  const found = await explainScenario(asRepeated(given, result.manifest.scenario), context, requests, onEvent);
  const explanation: Explanation = { ...found, run: explainedRun(result, given, found) };
  const explained = { ...result, explanation };
  await writeReports(directory, [explanationReport(explanation)]);
  await writeAll(directory, explained);
  return explained;
}

function explainedRun(result: Result, given: Scenario, found: Explanation): ExplainedRun {
  const { manifest, verdict, containers } = result;
  const { unjudged } = manifest.scenario.stack;
  const others = ARMS.flatMap((arm) =>
    containers[arm]
      .filter(({ service, imageId }) => !unjudged.includes(service) && !found.images[arm][service]?.includes(imageId))
      .map(({ service }) => service),
  );
  return {
    runId: manifest.runId,
    outcome: verdict.outcome,
    grown: knownGrowth(result),
    changed: changedPlace(given, manifest.scenario),
    otherImages: [...new Set(others)],
  };
}

/** Where the versions or the traffic are not those of the run; null if they are. How long it ran does not matter. */
export function changedPlace(given: Scenario, recorded: Scenario): string | null {
  return firstDifference(compared(portableScenario(given)), compared(recorded))?.join('.') ?? null;
}

/** A command line may have chosen a preset whose requests repeat. The diagnosis repeats those of the run. */
function asRepeated(given: Scenario, { traffic: { repeat } }: Scenario): Scenario {
  const { repeat: _, ...traffic } = given.traffic;
  return { ...given, traffic: { ...traffic, ...(repeat !== undefined && { repeat }) } };
}

/** The diagnosis sends as fast as it is answered, and repeats what the run repeated: neither rate nor repeat counts. */
function compared({ arms, stack, traffic }: Scenario): unknown {
  return JSON.parse(JSON.stringify({ arms, stack, traffic: { ...traffic, rate: 0, rateMode: null, repeat: null } }));
}
