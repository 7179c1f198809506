export { actionBehind, actionsCheck } from './actions.js';
export { alikeTrials, copiesCheck } from './copies.js';
export { decisionsCheck } from './decisions.js';
export { containersCheck, recordingCheck } from './recording.js';
export { inOrder, trafficChecks } from './traffic.js';
export { excusedByDeaths, fellShort, weighed } from './weigh.js';
