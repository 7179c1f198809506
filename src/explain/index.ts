export { growingStacks, totalGrowth, type Looks, type NamedSample } from './stacks.js';
