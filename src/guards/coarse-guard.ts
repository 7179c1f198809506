import type { Guard } from './guard.js';

/**
 * COARSE guard on a PASS. If one rounded step over the window is more than the margin, the readings cannot show a leak
 * below it. Source: docs/method.md#step-6-guards
 */
export const coarseGuard: Guard = ({ resolution, floor: { requests, rounding } }, { margin }) =>
  rounding !== undefined && resolution / requests > margin
    ? { code: 'COARSE', resolution, needed: resolution / margin }
    : null;
