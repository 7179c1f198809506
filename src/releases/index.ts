export { versionsBetween, versionsIn } from './parse-versions.js';
export { nameOf, versionPlace } from './place.js';
export { information, probabilities, type VersionTest } from './posterior.js';
export { rungsOf, type JudgedVersion } from './rungs.js';
export { searchFirstBad, type Search } from './search.js';
export { labelOf, withVersions } from './with-versions.js';
