import type { Guard } from './guard.js';

/** STEP guard on a FAIL: see `measureSteps`. Source: docs/method.md#step-6-guards */
export const stepGuard: Guard = ({ steps }) =>
  steps?.explains === true
    ? {
        code: 'STEP',
        steps: steps.steps,
        height: steps.height,
        slopeBeside: steps.slopeBeside,
        at: steps.at,
      }
    : null;
