export { findCauses, type CausesFound, type Weighed } from './causes.js';
export { consistent, type PackagesOfBoth } from './consistent.js';
export { isDatabaseFile, readPackages } from './packages.js';
export { partsOf, settingPart, type Part } from './parts.js';
