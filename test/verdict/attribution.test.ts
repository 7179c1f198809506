import { describe, expect, test } from 'vitest';
import type { Recording, TrialRecording } from '../../src/model/index.js';
import type { WordedAssessment, WordedAttribution } from '../../src/results/index.js';
import { buildTrace } from '../../src/traffic/index.js';
import { settings, template } from '../traffic/settings.js';
import { recordingOf, replayWith, serviceWith, wordedVerdict, trialWith, pattern } from './recordings.js';

const assessed = (recording: Recording): WordedAssessment => wordedVerdict(recording).assessment;
const [RATE, WARMUP, WINDOW] = [75, 60, 120];
const LABELS = ['upload', 'login', 'search', 'page', 'api'];
const traffic = settings({ mix: LABELS.map((label) => template({ label })), blocks: 'auto' });
const trace = buildTrace(traffic, (WARMUP + WINDOW) * RATE, [], {
  warmup: WARMUP * RATE,
  window: WINDOW * RATE,
  rate: RATE,
});
const manifest = {
  seed: 1,
  digest: trace.digest,
  requests: trace.length,
  labels: trace.labels,
  ...(trace.blocks && { blocks: trace.blocks }),
};
const MIB = 1024 ** 2;

/** Requests of each label among the first so many of the trace. */
const sent = LABELS.map((label) => {
  const sums = [0];
  for (const request of trace.requests) sums.push((sums.at(-1) ?? 0) + (request.label === label ? 1 : 0));
  return sums;
});

type Leaks = Readonly<Record<string, number>>;

/**
 * A trial whose memory holds so many bytes of each request of a label, in whole pages, read so many seconds ago; each
 * replicate is a little off.
 */
function trialOf(arm: 'baseline' | 'candidate', replicate: number, leaks: Leaks, secondsAgo: number): TrialRecording {
  const before = (requests: number): number =>
    Math.min(trace.length, Math.max(0, Math.round(requests - secondsAgo * RATE)));
  const kept = (requests: number): number =>
    LABELS.reduce(
      (sum, label, i) => sum + (leaks[label] ?? 0) * (1 + 0.005 * (replicate - 2)) * (sent[i]?.[before(requests)] ?? 0),
      0,
    );
  const waf = serviceWith(
    'waf',
    WARMUP + WINDOW,
    { unreclaimable_bytes: (_, requests) => 4096 * Math.floor((30 * MIB + kept(requests)) / 4096) },
    RATE,
  );
  const at = (second: number): { time: number; requests: number } => ({ time: second + 1, requests: second * RATE });
  return trialWith(arm, replicate, [waf], {
    phases: [
      { name: 'warmup', from: at(0), to: at(WARMUP) },
      { name: 'window', from: at(WARMUP), to: at(WARMUP + WINDOW) },
    ],
    replay: replayWith({
      plannedDigest: trace.digest,
      sentDigest: trace.digest,
      seconds: WARMUP + WINDOW,
      planned: trace.length,
      sent: trace.length,
      answered: trace.length,
    }),
    containers: [
      {
        service: 'waf',
        container: 1,
        image: 'waf',
        imageId: 'sha256:0',
        versions: {},
        memoryLimitBytes: 256 * MIB,
        cpus: null,
      },
    ],
  });
}

/** A second's least reading is from its beginning: one second ago. */
function recorded(
  baseline: Leaks,
  candidate: Leaks,
  gate: Partial<Recording['manifest']['scenario']['gate']> = {},
  secondsAgo: number = 1,
): Recording {
  const trials = [1, 2, 3].flatMap((replicate) => [
    trialOf('baseline', replicate, baseline, secondsAgo),
    trialOf('candidate', replicate, candidate, secondsAgo),
  ]);
  return recordingOf(trials, { rate: RATE, gate }, manifest);
}

function attributed(assessment: WordedAssessment): WordedAttribution {
  const [one] = assessment.attribution ?? [];
  if (one === undefined) throw new Error('nothing was attributed');
  return one;
}

describe('attribution', () => {
  const leaky = attributed(assessed(recorded({}, { upload: 4000, api: 800 })));

  test('names the labels that grow, per request, and finds no growth in the rest', () => {
    expect(leaky.blame.candidate.named.map(({ labels }) => labels)).toEqual([['upload'], ['api']]);
    expect(leaky.blame.difference.named.map(({ labels }) => labels)).toEqual([['upload'], ['api']]);
    expect(leaky.blame.baseline.named).toEqual([]);
    const [upload, api] = leaky.blame.difference.named;
    expect(upload?.difference?.value).toBeCloseTo(4000, -2);
    expect(api?.difference?.value).toBeCloseTo(800, -2);
    for (const { difference, labels } of leaky.labels) {
      const truth = { upload: 4000, api: 800 }[labels[0] ?? ''] ?? 0;
      expect(difference?.lower).toBeLessThan(truth);
      expect(difference?.upper).toBeGreaterThan(truth);
    }
    const { rest } = leaky.blame.difference;
    expect(Math.abs(rest?.value ?? Infinity)).toBeLessThan(32);
  });

  test.each([0.5, 1.5])(
    'memory that was read %s s ago is within the intervals of every column, and blames nothing that is still',
    (secondsAgo) => {
      const leaks = { upload: 80_000 };
      const { labels, blame } = attributed(assessed(recorded(leaks, {}, {}, secondsAgo)));
      for (const column of ['baseline', 'difference'] as const)
        for (const {
          [column]: growth,
          labels: [label = ''],
        } of labels) {
          const truth = label === 'upload' ? leaks.upload * (column === 'baseline' ? 1 : -1) : 0;
          expect(growth?.lower).toBeLessThan(truth);
          expect(growth?.upper).toBeGreaterThan(truth);
        }
      expect(blame.baseline.named.map((named) => named.labels)).toEqual([['upload']]);
      expect(blame.difference.named).toEqual([]);
    },
  );

  test('says so in one sentence', () => {
    expect(leaky.sentences).toHaveLength(1);
    expect(leaky.sentences[0]).toMatch(
      pattern(
        /^These requests make waf grow faster .*: upload: [34]\.\d+ KB \([\d.]+ /,
        /to [\d.]+\) per request; api: 0\.\d+ KB \([\d.]+ to [\d.]+\) per /,
        /request\. All other requests \(login, search and page\): -?\d+ B /,
        /\(-\d+ to \d+\)\.$/,
      ),
    );
  });

  test('says how fast a client that sends one label alone fills the memory, and which rate limit prevents it', () => {
    const [upload, api] = leaky.exhaustion;
    const level = 30 * MIB + (4000 + 800) * (trace.length / 5);
    expect(upload?.room).toEqual({ bytes: expect.closeTo(256 * MIB - level, -6), source: 'limit' });
    const room = upload?.room.bytes ?? 0;
    expect(upload?.seconds.value).toBeCloseTo(room / (4000 * RATE), -1);
    expect(upload?.seconds.shortest).toBeLessThan(room / (4000 * RATE));
    expect(upload?.seconds.longest).toBeGreaterThan(room / (4000 * RATE));
    expect(upload?.horizon).toEqual({ seconds: 86_400, stated: false });
    const growth = leaky.labels.find(({ labels }) => labels[0] === 'upload')?.candidate?.upper ?? 0;
    expect(upload?.rateLimit).toBeCloseTo(room / 2 / (growth * 86_400), 9);
    expect(upload?.sentence).toMatch(
      pattern(
        /^A client that sends only upload at 75 requests\/s fills the /,
        /remaining \d+ MiB of the memory limit in the candidate in .*\. To last /,
        /24 hours, limit upload to \d+ requests per minute, with the memory /,
        /shared equally by the 2 labels named\.$/,
      ),
    );
    expect(api?.rateLimit).toBeGreaterThan(upload?.rateLimit ?? Infinity);
  });

  test('takes memory, rate and time from gate.production if it is stated', () => {
    const production = { ratePerSecond: 500, headroomBytes: 64 * MIB, surviveSeconds: 3600 };
    const [upload] = attributed(assessed(recorded({}, { upload: 4000 }, { production }))).exhaustion;
    expect(upload).toMatchObject({
      ratePerSecond: 500,
      room: { bytes: 64 * MIB, source: 'production' },
      horizon: { seconds: 3600, stated: true },
    });
    expect(upload?.sentence).toContain('fills the 64 MiB of headroom in production in the candidate');
  });

  test('an upgrade that ends a leak names what leaks in the version that runs today', () => {
    const { sentences, blame, exhaustion } = attributed(assessed(recorded({ upload: 4000 }, {})));
    expect(blame.difference.named).toEqual([]);
    expect(sentences).toEqual([
      expect.stringMatching(/^These requests make waf grow in the baseline: upload: [34]\.\d+ KB/),
    ]);
    expect(exhaustion.map(({ arm, labels }) => [arm, labels])).toEqual([['baseline', ['upload']]]);
  });

  test('no rate limit on a label keeps a service alive that the other requests exhaust', () => {
    const all = Object.fromEntries(LABELS.map((label) => [label, 900]));
    const assessment = assessed(recorded({}, { ...all, upload: 60_000 }, { marginBytesPerRequest: 4000 }));
    const { blame, exhaustion } = attributed(assessment);
    expect(blame.candidate.named.map(({ labels }) => labels)).toEqual([['upload']]);
    expect(blame.candidate.rest?.lower).toBeGreaterThan(0);
    expect(exhaustion[0]).toMatchObject({
      rateLimit: 0,
      sentence: expect.stringContaining('No rate limit on upload helps for 24 hours'),
    });
  });

  test('if nothing grows, nothing is named, and the needed growth is reported', () => {
    const { blame, exhaustion, sentences } = attributed(assessed(recorded({}, {})));
    expect(Object.values(blame).flatMap(({ named }) => named)).toEqual([]);
    expect(exhaustion).toEqual([]);
    expect(sentences).toEqual([
      expect.stringMatching(
        pattern(
          /^No kind of request surely makes waf grow by more than the margin\. /,
          /A kind must grow by about \d+ B per request to be named\.$/,
        ),
      ),
    ]);
  });

  test('does not influence the verdict, and is absent if the mix did not vary', () => {
    const { attribution, ...assessment } = assessed(recorded({}, { upload: 4000 }));
    expect(attribution).toHaveLength(1);
    const { blocks, ...plain } = manifest;
    expect(blocks).toBeDefined();
    const without = assessed({
      ...recorded({}, { upload: 4000 }),
      manifest: { ...recorded({}, {}).manifest, trace: plain },
    });
    expect(without).toEqual(assessment);
    expect(without).not.toHaveProperty('attribution');
  });

  test('one replicate is not enough', () => {
    const { manifest: facts, trials } = recorded({}, { upload: 4000 });
    expect(assessed({ manifest: facts, trials: trials.slice(0, 2) }).attribution).toEqual([]);
  });
});
