import type { ExplainedFrame, ExplainedStack, SampledHeap, StackGrowth } from '../model/index.js';
import type { ExplainedRun, Explanation, KnownGrowth } from '../results/index.js';
import { memorySentences, unreadWords } from './explained-memory.js';
import { growth } from './growth.js';
import { list, plural, significant } from './numbers.js';
import { liveSentence, partsSentence } from './parts.js';
import { gainWords, subjectName } from './subject.js';

const CONFIDENT_ERRORS = 1.96;
const SHOWN_STACKS = 5;
const SHOWN_FRAMES = 10;

/** `4.4 KB per request (± 0.2 KB)`: the interval of 95 % is that of the sampling alone. */
function stackGrowthWords({ bytes, error }: StackGrowth): string {
  return `${growth(bytes, 'bytes/request')} (± ${significant(CONFIDENT_ERRORS * error, 2)} B)`;
}

/** `xmlDictCreate (libxml2.so.2, libxml2 2.9.14)`, or `handle (/app/router.js:95, router@2.0.1)` for JavaScript. */
export function frameWords({ name, file, line, package: owner }: ExplainedFrame): string {
  const place = line === undefined ? file?.split('/').at(-1) : `${file}:${line}`;
  const where = [place, owner ?? undefined].filter((part) => part !== undefined);
  const unnamed = line === undefined ? 'no symbol' : 'function without a name';
  return `${name ?? unnamed}${where.length === 0 ? '' : ` (${where.join(', ')})`}`;
}

/** What a stack says, in one sentence. */
export function stackSentence({ service, baseline, candidate }: ExplainedStack): string {
  return `${service}: the candidate keeps ${stackGrowthWords(candidate)}, the baseline ${stackGrowthWords(baseline)}.`;
}

/** Which call stacks were found, in one sentence; null if no service could be sampled. */
export function explanationSentence({ stacks, total }: Explanation): string | null {
  if (total === null) return null;
  const all =
    `Sampled memory in use grows by ${stackGrowthWords(total.candidate)} in the candidate and by ` +
    `${stackGrowthWords(total.baseline)} in the baseline.`;
  if (stacks.length === 0) return `No call stack grows more in the candidate than in the baseline. ${all}`;
  const verb = stacks.length === 1 ? 'grows' : 'grow';
  return `${plural(stacks.length, 'call stack')} ${verb} more in the candidate. ${all}`;
}

const HEAP_MISSING: Readonly<Record<SampledHeap['heap'], string>> = {
  malloc: 'what C and C++ code takes was not sampled on both versions, so it is missing here.',
  javascript:
    'not every process and thread of Node.js answered on both versions, so the objects of JavaScript are missing here.',
};

/** What an explanation cannot say; empty if nothing is missing. */
export function missingWords({ unseen, partly, lost, heapsUnread, replaced }: Explanation): readonly string[] {
  return [
    ...heapsUnread.map(unreadWords),
    ...(replaced.length === 0
      ? []
      : [
          `Processes of ${list(replaced)} ended or began between the two readings. ` +
            'In mappings and blocks, the memory of a new process counts as growth, and that of an ended one as less.',
        ]),
    ...(unseen.length === 0 ? [] : [`Nothing could be sampled in ${list(unseen)}.`]),
    ...partly.map(({ service, heap }) => `${service}: ${HEAP_MISSING[heap]}`),
    ...(lost === 0
      ? []
      : [`The profiler had no room for ${plural(lost, 'sample')}, so the numbers are too small. Send fewer requests.`]),
  ];
}

/**
 * What the run says of a service that fails: `waf grows by 8.1 KB per request more in the candidate than in the
 * baseline, 1.9 GiB per hour at 70 requests/s. Of the 8.1 KB per request, …`
 */
function knownSentence(known: KnownGrowth): string {
  const { unit, difference, perHour, loadWords, parts } = known;
  const more =
    `${subjectName(known)}: in the run the candidate grows by ${growth(difference.value, unit)} more than the ` +
    `baseline, ${gainWords(perHour, unit)} per hour${loadWords}.`;
  return [more, partsSentence(difference, parts, unit), liveSentence(parts, unit)]
    .filter((one) => one !== null)
    .join(' ');
}

/** What the explained run already says, and how the diagnosis differs from it. */
function runSentences({ runId, outcome, grown, changed, otherImages }: ExplainedRun): readonly string[] {
  return [
    ...(grown.length === 0 ? [`No service fails in the run ${runId} (${outcome.toUpperCase()}).`] : []),
    ...grown.map(knownSentence),
    ...(changed === null
      ? []
      : [`The scenario is not the same as in the run: ${changed} differs. What follows may not hold for the run.`]),
    ...(otherImages.length === 0
      ? []
      : [`${list(otherImages)} ran from other images here than in the run. What follows may not hold for the run.`]),
  ];
}

/** The call stacks that a report has room for: those that grow most. */
export function shownStacks({ stacks }: Explanation): readonly ExplainedStack[] {
  return stacks.slice(0, SHOWN_STACKS);
}

/** That there are more; empty if there are not. */
export function moreStacks({ stacks }: Explanation): readonly string[] {
  const more = stacks.length - SHOWN_STACKS;
  return more > 0 ? [`${plural(more, 'more call stack')} in the JSON document.`] : [];
}

/** The functions of a call stack, the innermost first, as far as a report has room. */
export function shownFrames({ frames }: ExplainedStack): readonly string[] {
  return frames.slice(0, SHOWN_FRAMES).map(frameWords);
}

/** What was found, in sentences. The call stacks come after them. */
export function explanationSentences(explanation: Explanation): readonly string[] {
  return [
    ...(explanation.run === null ? [] : runSentences(explanation.run)),
    ...[explanationSentence(explanation)].filter((one) => one !== null),
    ...memorySentences(explanation),
    ...missingWords(explanation),
  ];
}
