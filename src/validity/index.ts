export { actionBehind, actionsCheck } from './actions.js';
export { consistencyCheck } from './consistent.js';
export { alikeTrials, copiesCheck, shareATrial } from './copies.js';
export { decisionsCheck } from './decisions.js';
export { alikeImages } from './images.js';
export { containersCheck, recordingCheck } from './recording.js';
export { servedCheck } from './served.js';
export { inOrder, trafficChecks } from './traffic.js';
export { excusedByDeaths, fellShort, weighed } from './weigh.js';
