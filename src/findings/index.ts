export { actionFindings } from './actions.js';
export { countsStuck, leftOut, misread, oneSided } from './coverage.js';
export { deadServices, judgeDeaths } from './deaths.js';
export { decidedDifferently } from './decisions.js';
export { bothLeak, countedGrowth, improvements } from './growth.js';
export { hostFindings } from './host-load.js';
export { unlikeHosts } from './hosts.js';
export { givenBack, levelShifts, peaks, timesToLimit } from './levels.js';
export { severityOf } from './severity.js';
