export { compareGrowth, type CompareOptions, type Comparison, type Replicate } from './compare-growth.js';
export { explain, inFull, inShort, type Explanation } from './explain.js';
