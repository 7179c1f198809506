import { expect, describe, it } from 'vitest';
import type { Result } from '../../src/results/index.js';
import { REPORTERS, renderTerminal } from '../../src/report/index.js';
import { tell } from './fixtures.js';

/** A result as `slopegate compare` leaves it: no trace, no replay, no host, no containers. */
function recorded(axis: 'requests' | 'seconds' = 'requests'): Result {
  const result = tell({
    story: { axis, growth: { waf: { baseline: 0, candidate: 5220 } } },
    outcome: 'fail',
    validity: [],
    assessment: { confirmation: 'unneeded', decisions: [] },
  });
  const { manifest, verdict } = result;
  const { scenario } = manifest;
  const unit = axis === 'requests' ? 'bytes/request' : 'bytes/s';
  return {
    ...result,
    manifest: {
      ...manifest,
      trace: null,
      host: null,
      scenario: {
        ...scenario,
        file: '',
        experiment: {
          ...scenario.experiment,
          warmup: { requests: 0, seconds: 30 },
          window: { requests: 0, seconds: 120 },
        },
        gate: { ...scenario.gate, production: null, confirm: 'never' },
        stack: { ...scenario.stack, limits: { memoryBytes: null, cpus: null } },
      },
    },
    verdict: {
      ...verdict,
      assessment: {
        ...verdict.assessment,
        services: verdict.assessment.services.map((service) => ({
          ...service,
          unit,
          room: { baseline: null, candidate: null },
        })),
      },
    },
    containers: { baseline: [], candidate: [] },
    trials: result.trials.map((trial) => ({ ...trial, planned: 0, sent: 0, answered: 0, counts: {}, lateness: null })),
  };
}

function textsOf(result: Result): readonly string[] {
  const page = REPORTERS.get('html')!(result)
    .contents.replace(/<script.*?<\/script>/gs, '')
    .replace(/<style>.*?<\/style>/s, '')
    .replace(/<[^>]*>/g, ' ');
  return [
    page,
    REPORTERS.get('markdown')!(result).contents,
    renderTerminal(result, { colour: false, width: 80 }).replace(/\s+/g, ' '),
  ];
}

describe('a report on recorded series', () => {
  it('claims nothing that is not known about them', () => {
    for (const text of textsOf(recorded())) {
      expect(text).not.toMatch(/0 of 0|with fresh containers|each in fresh containers|brings both versions up/);
      expect(text).not.toMatch(/Planned|gate\.production|was recorded for|Answered: /);
      expect(text).toMatch(/recorded elsewhere/);
      expect(text).toMatch(/not known|Not known/);
      expect(text).toMatch(/75 requests\/s \(as recorded\) fills 1 GiB in about 46 minutes/);
    }
  });

  it('has seconds instead of requests if none were counted', () => {
    const [page = '', ...others] = textsOf(recorded('seconds'));
    for (const text of [page, ...others]) {
      expect(text).not.toMatch(/\d requests/);
      expect(text).toContain('6 minutes judged on each');
    }
    expect(page).toContain('seconds since the trial began');
    expect(page).toContain('per second');
  });
});
