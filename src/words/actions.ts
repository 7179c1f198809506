import type { ActionRecord } from '../model/action.js';
import { count, list } from './numbers.js';

/** With more times than this, only their number and the first one are shown. */
const MOST_TIMES = 3;

/**
 * `reload after 4,250 requests, reopen logs after 3,125 and 5,375 requests, push 12 times from 1,000 requests on`. Each
 * name is shown once.
 */
export function actionWords(actions: readonly Pick<ActionRecord, 'name' | 'due'>[]): string {
  const times = new Map<string, number[]>();
  for (const { name, due } of actions) times.set(name, [...(times.get(name) ?? []), due]);
  return [...times].map(([name, dues]) => `${name} ${timesWords(dues)}`).join(', ');
}

export function timesWords(dues: readonly number[]): string {
  if (dues.length > MOST_TIMES) return `${dues.length} times from ${count(dues[0] ?? 0)} requests on`;
  return `after ${list(dues.map(count))} requests`;
}
