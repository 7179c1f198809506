export { createStack, type ContainerStack } from './create-stack.js';
export { describeOwner, formatOwner, parseOwner, stateOf } from './owner.js';
export { prune, type Pruned } from './prune.js';
