import type { SetAside } from '../../model/host-load.js';
import type { NoFacts } from '../../model/stated.js';

/** Why a trial does not count although it was completed. */
export interface SetAsideFacts {
  readonly 'trial-disturbed': Pick<Extract<SetAside, { code: 'disturbed' }>, 'lateness' | 'host'>;
  readonly 'trial-interrupted': NoFacts;
}
