import { HOST_LOADS, type HostLoad, type SetAside } from '../model/index.js';
import { list, percent } from './numbers.js';

const WAITED: Readonly<Record<'cpu' | 'memory' | 'io', string>> = { cpu: 'a CPU', memory: 'memory', io: 'a disk' };
/** A share of the time below this is not mentioned. */
const LEAST_SHARE = 0.005;

/** `processes waited for a CPU 63 % of the time`; null if the host does not tell. */
export function hostLoadWords(load: HostLoad): string | null {
  const waited = (['cpu', 'memory', 'io'] as const).flatMap((what) => {
    const share = load[what];
    return share === null || share < LEAST_SHARE ? [] : [`for ${WAITED[what]} ${percent(share)} of the time`];
  });
  const parts = [
    ...(waited.length === 0 ? [] : [`processes waited ${list(waited)}`]),
    ...(load.stolen === null || load.stolen < LEAST_SHARE
      ? []
      : [`other guests of the hypervisor took ${percent(load.stolen)} of the CPU time`]),
  ];
  if (parts.length > 0) return parts.join('; ');
  return HOST_LOADS.every((what) => load[what] === null)
    ? null
    : 'no process waited for a CPU, for memory or for a disk';
}

/** Why a completed trial does not count. */
export function setAsideReason(why: SetAside): string {
  if (why.code === 'interrupted') return 'set aside: the run was interrupted before the other version had run';
  const load = hostLoadWords(why.host);
  const meanwhile = load === null ? '' : ` (${load})`;
  return `set aside: it ran ${percent(why.lateness)} late, as the other version did${meanwhile}`;
}

/** The message when a pair is set aside. */
export function setAsideWords({
  trials,
  lateness,
  host: [load],
  repeat,
  most,
}: {
  readonly trials: readonly string[];
  readonly lateness: readonly number[];
  readonly host: readonly HostLoad[];
  readonly repeat: number;
  readonly most: number;
}): string {
  const late = list(trials.map((trial, place) => `${trial} by ${percent(lateness[place] ?? 0)}`));
  const words = load === undefined ? null : hostLoadWords(load);
  const busy = words === null ? '' : ` Meanwhile ${words}.`;
  return (
    `The host was too busy for this pair: both versions ran late (${late}).${busy} ` +
    `It is set aside and repeated (repeat ${repeat} of at most ${most} in this run).`
  );
}
