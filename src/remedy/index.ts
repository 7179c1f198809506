export { applicationsOf } from './applications.js';
export { judgeRemedy, type RemedyEvidence } from './judge.js';
export { levelsOf } from './levels.js';
export { lostRequests } from './lost.js';
export { planRemedy, type RemedyPlan } from './plan.js';
