import type { Explanation } from '../../src/results/index.js';

/** What a diagnosis after the run of the golden recording might find. */
export function explained(given: Partial<Explanation> = {}): Explanation {
  const growth = { baseline: { bytes: 0, error: 0 }, candidate: { bytes: 4400, error: 100 } };
  const frames = [
    { name: 'xmlDictCreate', file: '/usr/lib/libxml2.so.2', package: 'libxml2 2.9.14' },
    { name: null, file: '/usr/sbin/waf', package: null },
  ];
  return {
    schema: 'slopegate.explain/1',
    scenario: 's',
    startedAt: '2026-11-29T01:00:00.000Z',
    seconds: 20,
    labels: { baseline: 'old', candidate: 'new' },
    images: { baseline: { waf: 'waf:1 sha256:1' }, candidate: { waf: 'waf:2 sha256:2' } },
    run: {
      runId: 'run-1',
      outcome: 'fail',
      grown: [
        {
          role: 'waf',
          metric: 'unreclaimable_bytes',
          unit: 'bytes/request',
          difference: { value: 8000, lower: 7900, upper: 8100, confidence: 0.95 },
          perHour: 8000 * 70 * 3600,
          loadWords: ' at 70 requests/s',
          parts: [
            {
              metric: 'anon_bytes',
              counted: true,
              difference: { value: 7800, lower: 7700, upper: 7900, confidence: 0.95 },
            },
          ],
        },
      ],
      changed: null,
      otherImages: [],
    },
    requests: 400,
    total: growth,
    stacks: [{ service: 'waf', frames, ...growth }],
    unseen: [],
    partly: [],
    lost: 0,
    mappings: [{ service: 'waf', mapping: 'heap', growth: { baseline: 0, candidate: 4500 } }],
    heaps: [
      {
        service: 'waf',
        inUse: { baseline: 0, candidate: 4400 },
        free: { baseline: 10, candidate: 20 },
        blocks: [{ bytes: 2208, growth: { baseline: 0, candidate: 2 } }],
      },
    ],
    heapsUnread: [],
    replaced: [],
    ...given,
  };
}
