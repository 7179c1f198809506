import type { ExplainedFrame, ExplainedStack, Explanation, StackGrowth } from '../model/index.js';
import { growth } from './growth.js';
import { list, plural, significant } from './numbers.js';

const CONFIDENT_ERRORS = 1.96;

/** `4.4 KB per request (± 0.2 KB)`: the interval of 95 % is that of the sampling alone. */
function stackGrowthWords({ bytes, error }: StackGrowth): string {
  return `${growth(bytes, 'bytes/request')} (± ${significant(CONFIDENT_ERRORS * error, 2)} B)`;
}

/** `xmlDictCreate (libxml2.so.2, libxml2 2.9.14)` */
export function frameWords({ name, file, package: owner }: ExplainedFrame): string {
  const where = [file?.split('/').at(-1), owner ?? undefined].filter((part) => part !== undefined);
  return `${name ?? 'no symbol'}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
}

/** What a stack says, in one sentence. */
export function stackSentence({ service, baseline, candidate }: ExplainedStack): string {
  return `${service}: the candidate keeps ${stackGrowthWords(candidate)}, the baseline ${stackGrowthWords(baseline)}.`;
}

/** What an explanation found, in one sentence. */
export function explanationSentence({ stacks, total }: Explanation): string {
  const all =
    `Sampled memory in use grows by ${stackGrowthWords(total.candidate)} in the candidate and by ` +
    `${stackGrowthWords(total.baseline)} in the baseline.`;
  if (stacks.length === 0) return `No call stack grows more in the candidate than in the baseline. ${all}`;
  const verb = stacks.length === 1 ? 'grows' : 'grow';
  return `${plural(stacks.length, 'call stack')} ${verb} more in the candidate. ${all}`;
}

/** What an explanation cannot say; empty if nothing is missing. */
export function missingWords({ unseen, lost }: Explanation): readonly string[] {
  return [
    ...(unseen.length === 0 ? [] : [`Nothing could be sampled in ${list(unseen)}.`]),
    ...(lost === 0
      ? []
      : [`The profiler had no room for ${plural(lost, 'sample')}, so the numbers are too small. Send fewer requests.`]),
  ];
}
