export { findCauses, type Weighed } from './causes.js';
export { consistent, type PackagesOfBoth } from './consistent.js';
export { isDatabaseFile, readPackages } from './packages.js';
export { partsOf, type Part } from './parts.js';
