import { describe, expect, it } from 'vitest';
import type { CapturedCounts, Journey } from '../../src/model/index.js';
import { recordingOf, replayWith, serviceWith, wordedVerdict, trialWith } from './recordings.js';

const step = { expect: 'any', method: 'GET', path: '/', headers: {}, body: null } as const;
const journeys: readonly Journey[] = [
  {
    name: 'shop',
    weight: 1,
    users: 5,
    vary: [],
    steps: [
      { ...step, label: 'form', capture: { csrf: 'header:x-csrf' } },
      { ...step, label: 'login', headers: { 'X-Csrf': '{csrf}' }, capture: {} },
    ],
  },
];
const WHOLE: CapturedCounts = {
  taken: { 'shop.form csrf': 1000 },
  missed: {},
  complete: { 'shop.login': 1000 },
  incomplete: {},
};

/** Three flat, honest replicates; in the second one the candidate's values went as given. */
function verdictWith(captured: CapturedCounts | undefined) {
  const trials = [1, 2, 3].flatMap((replicate) =>
    (['baseline', 'candidate'] as const).map((arm) => {
      const own = replicate === 2 && arm === 'candidate' ? captured : WHOLE;
      return trialWith(arm, replicate, [serviceWith('waf', 330, { unreclaimable_bytes: () => 30e6 })], {
        phases: [{ name: 'window', from: { time: 20, requests: 1_500 }, to: { time: 320, requests: 24_000 } }],
        replay: replayWith(own === undefined ? {} : { captured: own }),
      });
    }),
  );
  const recording = recordingOf(trials, {}, { seed: 1, digest: 'abc', requests: 24_750, labels: { get: 24_750 } });
  const { manifest } = recording;
  const traffic = { ...manifest.scenario.traffic, journeys };
  return wordedVerdict({ ...recording, manifest: { ...manifest, scenario: { ...manifest.scenario, traffic } } });
}
const checkOf = (captured: CapturedCounts | undefined) => {
  const verdict = verdictWith(captured);
  const check = verdict.assessment.validity.find(({ name }) => name === 'values-captured');
  return { outcome: verdict.outcome, ok: check?.ok, sentence: check?.sentence };
};

describe('values that journeys take from answers', () => {
  it('do not matter if nearly all were found', () => {
    const few = { ...WHOLE, complete: { 'shop.login': 990 }, incomplete: { 'shop.login': 10 } };
    expect(checkOf(few)).toMatchObject({ outcome: 'pass', ok: true });
  });

  it('make the run INVALID if more than the tolerance was missing, and the place is named', () => {
    const many = {
      taken: { 'shop.form csrf': 900 },
      missed: { 'shop.form csrf': 100 },
      complete: { 'shop.login': 900 },
      incomplete: { 'shop.login': 100 },
    };
    const { outcome, ok, sentence } = checkOf(many);
    expect({ outcome, ok }).toEqual({ outcome: 'invalid', ok: false });
    expect(sentence).toMatch(/^r2-candidate: 100 of 1,000 shop\.login requests were sent without a value/);
    expect(sentence).toContain('"shop.form csrf" was missing in 100 of 1,000 answers.');
  });

  it('make it INVALID if nothing is known about them', () => {
    expect(checkOf(undefined)).toMatchObject({ outcome: 'invalid', ok: false });
  });

  it('that came too late are reported as late', () => {
    const late = { ...WHOLE, complete: {}, incomplete: { 'shop.login': 1000 } };
    expect(checkOf(late).sentence).toContain('came too late');
  });
});
