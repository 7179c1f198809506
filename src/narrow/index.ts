export { findCauses, type Weighed } from './causes.js';
export { consistent } from './consistent.js';
export { readPackages } from './packages.js';
export { partsOf } from './parts.js';
