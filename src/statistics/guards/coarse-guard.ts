import type { Guard } from './guard.js';

/**
 * COARSE guard on a PASS: readings that are rounded so coarsely that one rounded step over the window is more than the
 * margin show nothing of a leak below it. Source: docs/method.md#step-6-guards
 */
export const coarseGuard: Guard = ({ resolution, floor: { requests, rounding } }, { margin }) =>
  rounding !== undefined && resolution / requests > margin
    ? { code: 'COARSE', resolution, needed: resolution / margin }
    : null;
