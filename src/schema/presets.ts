import type { ExperimentSettings, GateSettings, LensSetting } from '../model/index.js';
import { WARMUP_REQUESTS, WARMUP_SECONDS } from '../statistics/method.js';

/**
 * How long a run takes and how much it can detect, by name (docs/method.md#step-1-series). A smaller window is never
 * less strict: the variance floor grows as 1/requests, so a short run ends INCONCLUSIVE and not PASS.
 */
export const PRESETS = {
  /**
   * For a first answer: leaks of hundreds of bytes per request, in two to five minutes. It sends the same requests
   * again and again, so that caches are full before the window, and it never passes.
   */
  instant: {
    looks: [2, 3, 5],
    warmup: { requests: 450, seconds: 6 },
    window: { requests: 3_000, seconds: 40 },
    idleSeconds: 1,
  },
  /**
   * Leaks of hundreds of bytes per request, in about six minutes. In less than 75 s a slow collector looks like a leak
   * too often, even after a confirmation. Its idle phase is too short to see growth with time alone.
   */
  quick: {
    looks: [3, 5],
    warmup: { requests: 2_000, seconds: 20 },
    window: { requests: 4_500, seconds: 75 },
    idleSeconds: 5,
  },
  /** For a CI gate: 64 B/request and more, in 11 to 29 minutes at 75 requests/s. */
  gate: {
    looks: [3, 5, 8],
    warmup: { requests: WARMUP_REQUESTS, seconds: WARMUP_SECONDS },
    window: { requests: 9_000, seconds: 120 },
    idleSeconds: 30,
  },
  /** For a release: 32 B/request, in 21 to 57 minutes at 75 requests/s. */
  standard: {
    looks: [3, 5, 8],
    warmup: { requests: WARMUP_REQUESTS, seconds: WARMUP_SECONDS },
    window: { requests: 22_500, seconds: 300 },
    idleSeconds: 60,
  },
  /** For slow collectors and caches: 16 B/request, in 57 minutes or more. */
  soak: {
    looks: [3, 5, 8],
    warmup: { requests: 9_000, seconds: 120 },
    window: { requests: 67_500, seconds: 900 },
    idleSeconds: 120,
  },
} as const satisfies Readonly<Record<string, Omit<ExperimentSettings, 'order'>>>;

/** What a preset sets beside times and looks, unless the file states it. */
export interface PresetExtras {
  /** The traffic is this number of requests, sent again and again; null if they all differ. */
  readonly repeat: number | null;
  readonly lens: LensSetting;
  readonly confirm: GateSettings['confirm'];
}

const USUAL: PresetExtras = { repeat: null, lens: 'off', confirm: 'auto' };

export const PRESET_EXTRAS: Readonly<Record<PresetName, PresetExtras>> = {
  instant: { repeat: 300, lens: 'auto', confirm: 'live-heap' },
  quick: USUAL,
  gate: USUAL,
  standard: USUAL,
  soak: USUAL,
};

export type PresetName = keyof typeof PRESETS;
export const PRESET_NAMES = Object.keys(PRESETS) as [PresetName, ...PresetName[]];
