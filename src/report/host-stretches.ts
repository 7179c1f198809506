import { HOST_LOADS, meanLoad, type HostLoad, type HostSample } from '../model/index.js';

/** A plot is 340 units wide, so more points would not be visible. */
const MOST = 60;
const DIGITS = 4;

/** At most sixty means over stretches of equal numbers of samples, in order of time. */
export function hostStretches(samples: readonly HostSample[]): readonly HostSample[] {
  const size = Math.max(1, Math.ceil(samples.length / MOST));
  return Array.from({ length: Math.ceil(samples.length / size) }, (_, index) => {
    const stretch = samples.slice(index * size, (index + 1) * size);
    return {
      ...rounded(meanLoad(stretch)),
      time: Number(stretch.at(-1)!.time.toFixed(1)),
      seconds: Number(stretch.reduce((total, { seconds }) => total + seconds, 0).toFixed(1)),
    };
  });
}

function rounded(load: HostLoad): HostLoad {
  const short = (share: number | null): number | null => (share === null ? null : Number(share.toFixed(DIGITS)));
  return Object.fromEntries(HOST_LOADS.map((what) => [what, short(load[what])])) as unknown as HostLoad;
}
