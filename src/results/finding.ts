import type { Acceptance } from '../model/acceptance.js';
import type { ArmName } from '../model/arm.js';
import type { FindingStatement } from './statement/index.js';

/** One statement with its number, its threshold and its severity. */
export interface Finding {
  /** Stable name: a `FindingKind`, or one that is always a note, such as `replicates-left-out`. */
  readonly kind: string;
  readonly severity: 'info' | 'warn' | 'fail';
  /** Null for the whole stack or the whole run. */
  readonly service: string | null;
  readonly arm: ArmName | null;
  readonly said: FindingStatement;
  readonly value: number | null;
  readonly threshold: number | null;
  readonly unit: string | null;
  /** Who accepted it, why, and until which day; absent if nobody did. */
  readonly accepted?: Pick<Acceptance, 'reason' | 'owner' | 'expires'>;
}
