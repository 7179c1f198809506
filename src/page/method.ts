import { folded, h, section, type Element } from '../drawing/index.js';
import { decisiveService, isRecorded } from '../facts/index.js';
import type { Result } from '../results/index.js';
import { growth } from '../words/growth.js';
import { metricName } from '../words/metrics.js';
import { percent } from '../words/numbers.js';

function paragraphs(result: Result, metric: string): readonly string[] {
  const {
    manifest: { scenario },
    verdict: { assessment },
  } = result;
  const { experiment, gate } = scenario;
  const recorded = isRecorded(result);
  const per = assessment.axis === 'requests' ? 'request' : 'second';
  const setting = recorded
    ? 'Each replicate is a pair of series from another tool, one of each version. ' +
      'The person who recorded them must make sure that both ran in fresh containers, side by side, ' +
      'with the same requests. ' +
      'The load lasts from the first to the last answered request. Its start is left out as warm-up.'
    : 'For each replicate both versions start in fresh containers, are warmed up, ' +
      'and get the same requests in the same order.';
  const looks = recorded
    ? 'All replicates are judged once, together.'
    : `These rates are shared over the looks at ${experiment.looks.join(', ')} replicates ` +
      `(this was look ${assessment.look.index + 1} of ${assessment.look.of}).`;
  const rates =
    `A wrong FAIL happens at most ${percent(gate.alpha.fail)} of the time, ` +
    `and a wrong PASS at the margin at most ${percent(gate.alpha.pass)}. ${looks}`;
  return [
    `${setting} In the judged window that follows, a straight line is fitted to ${metric}. ` +
      `Its slope is the growth: how many bytes each ${per} leaves behind.`,
    'The memory of one version changes by itself, and differs from one start to the next. ' +
      'So the two slopes of a replicate are subtracted. ' +
      'The interval of the mean difference depends only on how much the replicates vary, ' +
      'never on how smooth one curve is.',
    `The margin, ${growth(assessment.margin, `bytes/${per}`)}, is the difference that you accept. ` +
      'PASS: the upper bound of the difference is below the margin. FAIL: its lower bound is above the margin. ' +
      `In all other cases the run is inconclusive, and no setting turns that into a PASS. ${rates}`,
    'Growth that slows down may be a filling cache. It fails only if steady growth remains. ' +
      'It passes (“settled”) if the second half of the window surely grows by less than the margin.',
    'Memory that the kernel can take back at once (page cache) does not count: ' +
      'it depends on which files were read, not on what the process keeps.',
  ];
}

const GLOSSARY: readonly (readonly [term: string, meaning: string])[] = [
  ['Baseline, candidate', 'the version that you run today, and the version that you may upgrade to.'],
  [
    'Growth',
    'slope of memory in the judged window, in bytes per answered request. ' +
      'KB are 1,000 bytes; MiB and GiB are powers of 1,024.',
  ],
  ['Interval', 'the range in which the true value probably is. A 95 % interval misses it in about 1 run of 20.'],
  [
    'Bounds',
    'the two values that decide the verdict. They are stricter than the interval, ' +
      'so that a wrong FAIL is rare and several looks are allowed.',
  ],
  ['Margin', 'the growth difference that you accept, set before the run.'],
  ['Replicate', 'one fresh start of both versions with the whole traffic.'],
  ['Look', 'a number of replicates after which the evidence is judged and the run may stop.'],
  ['Smallest detectable difference', 'a true difference of this size ends in FAIL 4 times in 5.'],
  [
    'Unreclaimable memory',
    'anonymous and shared memory, and kernel memory that cannot be freed on demand. ' +
      'Too much of it ends in an out-of-memory kill.',
  ],
  [
    'Shape',
    'how memory grew: flat, leak (steady), filling (slowing down towards a full cache), settled (it has stopped), ' +
      'step (all at once), sawtooth (rises and falls again and again), late onset. ' +
      '“Grows anyway” is growth in both versions.',
  ],
  ['Validity', 'what must be true for a fair comparison: same requests, all answered, same decisions, no restart.'],
];

export function method(result: Result): Element {
  const metric = metricName(decisiveService(result)?.metric ?? 'unreclaimable_bytes');
  return section(
    'method',
    'How the verdict was made',
    paragraphs(result, metric).map((text) => h('p', { class: 'prose' }, text)),
    folded(
      'Words used here',
      h(
        'dl',
        { class: 'glossary' },
        GLOSSARY.map(([term, meaning]) => h('div', {}, h('dt', {}, term), h('dd', {}, meaning))),
      ),
    ),
  );
}
