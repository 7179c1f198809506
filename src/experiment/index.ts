export { conduct } from './conduct.js';
export { earlierIn } from './earlier.js';
export type { Decision, Experiment } from './experiment.js';
export { planExperiment } from './plan.js';
export { planOfShare, type Share } from './share.js';
export { runRound } from './round.js';
export { RateTooHighError } from './rate-check.js';
export { findRate, type RateSearch } from './ramp/find-rate.js';
