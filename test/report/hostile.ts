import type { Result } from '../../src/results/index.js';
import { attributionOf } from './attribution.js';
import { tell } from './fixtures.js';

/** What a name or a log line could carry to break out of the page, the XML, the comment or the terminal. */
const HOSTILE = [
  '</script><img src=x onerror="document.documentElement.dataset.pwned=1">',
  '<!--<script>',
  `"' onload=alert(1) x="`,
  '\u2028\u2029',
  '\u001B[31mred\u001B[0m\u0000\u0008',
  '\u202Eevil\u2066',
  ']]>&amp;<![CDATA[',
  '| pipe `tick` *bold* [link](javascript:alert(1)) @everyone <b>',
  'line\r\nbreak',
  '\uD800',
].join(' ');

const subject = { role: HOSTILE, metric: HOSTILE } as const;

/** A result with the same hostile text wherever text comes from outside. */
export function hostile(): Result {
  const result = tell({
    story: {
      name: HOSTILE,
      labels: { baseline: HOSTILE, candidate: HOSTILE },
      growth: { [HOSTILE]: { baseline: 0, candidate: 5220 }, origin: { baseline: 0, candidate: 0 } },
      replicates: 2,
    },
    outcome: 'fail',
    findings: [
      {
        kind: HOSTILE,
        severity: 'fail',
        service: HOSTILE,
        arm: 'candidate',
        said: { code: 'both-grow', facts: { ...subject, unit: HOSTILE, baseline: 1, candidate: 1 } },
        value: 1,
        threshold: 0,
        unit: HOSTILE,
      },
    ],
    validity: [{ name: HOSTILE, ok: false, said: { code: 'traces-differ', facts: { trial: HOSTILE } } }],
    assessment: {
      attribution: [attributionOf(HOSTILE, [HOSTILE, HOSTILE, HOSTILE])],
      decisions: [
        { label: HOSTILE, requests: 10, differing: 1, examples: [{ index: 1, baseline: 200, candidate: 403 }] },
      ],
    },
  });
  const { manifest, containers, verdict } = result;
  return {
    ...result,
    verdict: { ...verdict, sentence: HOSTILE, advice: HOSTILE },
    slopegate: HOSTILE,
    manifest: {
      ...manifest,
      runId: HOSTILE,
      startedAt: HOSTILE,
      armDifferences: [{ kind: 'settings', service: HOSTILE, path: HOSTILE, baseline: HOSTILE, candidate: HOSTILE }],
      notes: [{ code: 'older-note', facts: { text: HOSTILE }, sentence: HOSTILE }],
      scenario: { ...manifest.scenario, description: HOSTILE, file: HOSTILE },
      trace: { seed: 1, digest: HOSTILE, requests: 1, labels: { [HOSTILE]: 1 } },
    },
    containers: {
      ...containers,
      baseline: containers.baseline.map((one) => ({ ...one, image: HOSTILE, versions: { [HOSTILE]: HOSTILE } })),
    },
    trials: result.trials.map((trial) => ({
      ...trial,
      id: HOSTILE,
      failure: { code: 'older-failure', facts: { text: HOSTILE }, sentence: HOSTILE },
      counts: { [HOSTILE]: { [HOSTILE]: 1 }, ['__proto__']: { 200: 1 } },
      events: [{ kind: 'exit', service: HOSTILE, container: 1, time: 1, requests: 1, detail: HOSTILE }],
    })),
  };
}
