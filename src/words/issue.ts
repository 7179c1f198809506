import type { HuntFinding } from '../model/index.js';
import type { Result } from '../results/index.js';
import { count } from './numbers.js';

/** The title of a note to the makers of the candidate. */
export function issueTitle({ manifest: { scenario } }: Pick<Result, 'manifest'>): string {
  return `Memory grows with requests in ${scenario.arms.candidate.label}`;
}

/** Introduces the smallest request of a finding. */
export function smallestWords({ bytes, per, alike }: HuntFinding): string {
  const others =
    alike.length === 0
      ? ''
      : alike.length === 1
        ? ' Another kind of request leaves the same.'
        : ` ${alike.length} other kinds of requests leave the same.`;
  const size = count(Math.round(bytes));
  return `The smallest request that was found leaves ${size} bytes on the heap for each ${per}.${others}`;
}
