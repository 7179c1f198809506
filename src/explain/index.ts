export { refuseUnanswered, samplesIn, sightOfAll, type Sight } from './comparable.js';
export { growingStacks, totalGrowth, type Looks, type NamedSample } from './stacks.js';
