import type { GatedSubject, TrialPair } from '../evidence/index.js';
import { shapeBins } from '../guards/step-evidence.js';
import { median } from '../statistics/numbers.js';

/** The step was fitted on means of consecutive readings. Its true place is within this many of their widths. */
const BINS = 2;

/** The action at the place of a step, and after how many requests it was done. */
export interface ActionAtStep {
  readonly name: string;
  readonly requests: number;
}

/** The action at the step of most replicates; null if there is none. */
export function actionAtStep(
  { subject, evidence, member }: GatedSubject,
  pairs: readonly TrialPair[],
): ActionAtStep | null {
  const step = member?.judgement.objection ?? null;
  if (step?.code !== 'STEP' || evidence === null) return null;
  const near = subject.replicates.flatMap(({ replicate }, i) => {
    const trial = pairs.find((pair) => pair.replicate === replicate)?.candidate;
    const begins = trial?.phases.find(({ name }) => name === 'window')?.from.requests ?? Number.NaN;
    const width = (evidence.requests[i] as number) / shapeBins(evidence.curves[i]!);
    const action = trial?.actions?.find(
      ({ requests }) => Math.abs(requests - begins - (step.at[i] as number)) <= BINS * width,
    );
    return action === undefined ? [] : [action];
  });
  const [first] = near;
  if (
    first === undefined ||
    near.length <= subject.replicates.length / 2 ||
    near.some(({ name }) => name !== first.name)
  )
    return null;
  return { name: first.name, requests: median(near.map(({ requests }) => requests)) };
}
