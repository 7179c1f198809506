import type { Result } from '../../model/index.js';
import { isRecorded } from '../facts/origin.js';
import { decisiveService } from '../facts/services.js';
import { growth } from '../../words/growth.js';
import { percent } from '../../words/numbers.js';
import { metricName } from '../text/outcome.js';
import { folded, section } from './elements.js';
import { h, type Element } from './node.js';

function paragraphs(result: Result, metric: string): readonly string[] {
  const {
    manifest: { scenario },
    verdict: { assessment },
  } = result;
  const { experiment, gate } = scenario;
  const recorded = isRecorded(result);
  const per = assessment.axis === 'requests' ? 'request' : 'second';
  const setting = recorded
    ? 'Each replicate is a pair of series recorded elsewhere, one of each version; that both ran on fresh containers, side by side and under the same requests is for whoever recorded them to say. The load is recognised by the requests answered, and its start is left out as warm-up.'
    : 'Each replicate brings both versions up in fresh containers, warms them up, and gives both the same requests in the same order.';
  const looks = recorded
    ? 'spent on one look at all replicates'
    : `shared over the looks taken at ${experiment.looks.join(', ')} replicates (this was look ${assessment.look.index + 1} of ${assessment.look.of})`;
  return [
    `${setting} In the judged window that follows, a straight line is fitted to ${metric}, and its slope is the growth: how many bytes each ${per} leaves behind.`,
    'Memory of one and the same version moves by itself, and differs from one start to the next. So the two slopes of a replicate are subtracted, and the spread between replicates — never the smoothness of one curve — says how sure the mean difference is. That is its interval.',
    `The margin, ${growth(assessment.margin, `bytes/${per}`)}, is the difference you accept. PASS: the upper bound of the difference lies below the margin. FAIL: its lower bound lies above it. Otherwise the run is inconclusive, and no setting turns that into a pass. A wrong FAIL is allowed ${percent(gate.alpha.fail)} of the time, a wrong PASS at the margin ${percent(gate.alpha.pass)}, ${looks}.`,
    'Growth that visibly slows down is not a leak yet: it fails only where a straight part remains, and passes (“settled”) where the second half of the window is surely below the margin.',
    'Memory that the kernel can take back at once (page cache) is left out: it says what files were read, not what the process keeps.',
  ];
}

const GLOSSARY: readonly (readonly [term: string, meaning: string])[] = [
  ['Baseline, candidate', 'the version you run today and the version you consider.'],
  [
    'Growth',
    'slope of memory in the judged window, in bytes per request answered. KB are 1,000 bytes; MiB and GiB are powers of 1,024.',
  ],
  ['Interval', 'the range in which the true value plausibly lies; a 95 % interval misses it in about 1 run of 20.'],
  ['Gate’s bounds', 'what the verdict used: stricter than the interval, because the run may be judged more than once.'],
  ['Margin', 'the growth difference that the operator accepts, stated before the run.'],
  ['Replicate', 'one fresh start of both versions under the whole traffic.'],
  ['Look', 'a count of replicates at which the evidence is judged and the run may stop.'],
  ['Smallest detectable difference', 'a true difference of this size would have ended in FAIL with 80 % probability.'],
  [
    'Unreclaimable memory',
    'anonymous and shared memory and what the kernel cannot free on demand: what brings the out-of-memory killer.',
  ],
  [
    'Shape',
    'how memory grew: flat, leak (steady), filling (slowing towards a plateau), settled (it has stopped), step (at once), sawtooth (collected in turns), late onset; “grows anyway” is growth that is no regression.',
  ],
  [
    'Validity',
    'what must hold for the comparison to be fair: same requests, all answered, same decisions, no restart.',
  ],
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
