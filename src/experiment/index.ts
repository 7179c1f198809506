export { conduct, type Clock, type Decision, type Experiment } from './conduct.js';
export { planExperiment } from './plan.js';
