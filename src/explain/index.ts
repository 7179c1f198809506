export { refuseUnanswered, samplesIn } from './comparable.js';
export { growingStacks, totalGrowth, type Looks, type NamedSample } from './stacks.js';
