import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Share } from '../experiment/index.js';
import type { Scenario } from '../model/index.js';
import { timeStamp } from './time-stamp.js';

/**
 * `modsecurity-xml-rollback-20261121-204501-4711`: sorts by time, and two runs at the same time get different names. A
 * second run of one process in the same second ends in `-2`.
 */
export function newRunId(
  root: string,
  { name }: Pick<Scenario, 'name'>,
  at: Date,
  pid: number,
  share: Share | null,
): string {
  // On several machines, processes in containers may have the same number.
  const part = share === null ? '' : share.pair === 'confirmation' ? '-c' : `-r${share.pair}`;
  const id = `${name}-${timeStamp(at)}-${pid}${part}`;
  const idOf = (count: number): string => (count === 1 ? id : `${id}-${count}`);
  let count = 1;
  while (existsSync(join(root, idOf(count)))) count += 1;
  return idOf(count);
}
