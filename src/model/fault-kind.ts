/**
 * What can be wrong in a scenario and the files that it names, or what its author should know. The names are stable;
 * docs/errors.md has their meanings.
 */
export const FAULT_KINDS = [
  'file-unreadable',
  'not-text',
  'not-yaml',
  'too-many-values',
  'not-a-scenario',
  'extends-circle',
  'unknown-key',
  'missing-key',
  'wrong-type',
  'unknown-choice',
  'unknown-form',
  'out-of-range',
  'value-refused',
  'template-unusable',
  'captured-later',
  'source-missing',
  'partly-sent',
  'steps-too-fast',
  'window-too-short',
  'window-too-long',
  'trace-too-large',
  'request-too-large',
  'action-impossible',
  'two-margins',
  'cannot-repeat',
  'no-live-heap',
  'cannot-decide',
  'compose-file',
  'unknown-image',
  'unknown-service',
  'arms-alike',
  'traffic-warning',
] as const;
export type FaultKind = (typeof FAULT_KINDS)[number];
