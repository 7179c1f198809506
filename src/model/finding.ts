import type { ArmName } from './arm.js';

export type Severity = 'off' | 'warn' | 'fail';

/** One statement with its number, its threshold, its evidence and its severity. */
export interface Finding {
  /** Stable name: `improvement`, `both-leak`, `oom-kill`, `descriptors-grow`… */
  readonly kind: string;
  readonly severity: 'info' | 'warn' | 'fail' | 'invalid';
  /** Null for the whole stack or the whole run. */
  readonly service: string | null;
  readonly arm: ArmName | null;
  /** One plain sentence with the number in it. */
  readonly sentence: string;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  /** What to do about it; null where nothing is to be done. */
  readonly hint: string | null;
}
