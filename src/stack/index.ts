export { createStack, type ContainerStack } from './create-stack.js';
export { describeOwner } from './owner.js';
export { prune, type Pruned } from './prune.js';
