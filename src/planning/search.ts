import { LOOK_WEIGHTS, SHORTEST_WINDOW_SECONDS } from '../statistics/method.js';
import type { Scenario } from '../model/index.js';
import type { Noise } from './noise.js';
import { sensitivityOf, type LookSensitivity } from './sensitivity.js';

/** The longest window that is worth planning. */
const LONGEST_SECONDS = 4 * 3600;
/** Replicates of the designs that look once, tried beside the scenario's own. */
const SINGLE_LOOKS = [3, 5, 8];

/** The scenario's own looks, and designs that look once and spend all of alpha there. */
function designsOf(scenario: Scenario): Scenario[] {
  const own = scenario.experiment.looks.join();
  const once = SINGLE_LOOKS.filter((replicates) => String(replicates) !== own);
  return [scenario, ...once.map((replicates) => withLooks(scenario, [replicates]))];
}

export function withLooks(scenario: Scenario, looks: readonly number[]): Scenario {
  return {
    ...scenario,
    experiment: { ...scenario.experiment, looks },
    gate: { ...scenario.gate, lookWeights: LOOK_WEIGHTS[looks.length] ?? [] },
  };
}

function withWindow(scenario: Scenario, seconds: number): Scenario {
  return { ...scenario, experiment: { ...scenario.experiment, window: { requests: 0, seconds } } };
}

/**
 * Every look of every design, each with the longest window that is possible in `time` seconds. The most sensitive
 * first.
 */
export function withinTime(scenario: Scenario, noise: Noise, time: number): LookSensitivity[] {
  const rows = designsOf(scenario).flatMap((design) =>
    design.experiment.looks.flatMap((_, index) => {
      const shortest = lookAt(design, noise, index, SHORTEST_WINDOW_SECONDS);
      if (shortest.seconds > time) return [];
      const rounds = roundsTo(design, index);
      const window = Math.min(
        LONGEST_SECONDS,
        SHORTEST_WINDOW_SECONDS + Math.floor((time - shortest.seconds) / rounds),
      );
      return [lookAt(design, noise, index, window)];
    }),
  );
  return rows.sort((a, b) => a.detectable - b.detectable);
}

/**
 * Every look of every design, each with the shortest window that finds a difference of `detect` bytes per request. The
 * soonest first.
 */
export function forDifference(scenario: Scenario, noise: Noise, detect: number): LookSensitivity[] {
  const rows = designsOf(scenario).flatMap((design) =>
    design.experiment.looks.flatMap((_, index) => {
      const finds = (seconds: number): boolean => lookAt(design, noise, index, seconds).detectable <= detect;
      if (!finds(LONGEST_SECONDS)) return [];
      let [low, high] = [SHORTEST_WINDOW_SECONDS - 1, LONGEST_SECONDS];
      while (high - low > 1) {
        const middle = Math.floor((low + high) / 2);
        if (finds(middle)) high = middle;
        else low = middle;
      }
      return [lookAt(design, noise, index, high)];
    }),
  );
  return rows.sort((a, b) => a.seconds - b.seconds);
}

function lookAt(design: Scenario, noise: Noise, index: number, seconds: number): LookSensitivity {
  return sensitivityOf(withWindow(design, seconds), noise)[index] as LookSensitivity;
}

function roundsTo({ experiment: { looks, order } }: Scenario, index: number): number {
  return (looks[index] as number) * (order === 'concurrent' ? 1 : 2);
}
