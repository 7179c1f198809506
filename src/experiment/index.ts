export { conduct } from './conduct.js';
export type { Clock, Decision, Experiment } from './experiment.js';
export { planExperiment } from './plan.js';
