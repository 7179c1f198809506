export { assess } from './assess.js';
export { judge } from './judge.js';
export type { AssessOptions } from './options.js';
export { JUDGED_METRICS, suddenFalls } from '../evidence/index.js';
