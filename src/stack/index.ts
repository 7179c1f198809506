export { findCompose, type Compose } from './compose/findCompose.js';
export { connectDocker, type DockerConnection } from './docker/connect.js';
export { inspectDocker, type DaemonFacts, type DockerReport } from './docker/inspectDocker.js';
export type { Removed } from './docker/remove.js';
export { createStack, type ContainerStack, type StackOptions } from './createStack.js';
export { isolate, type Change, type Isolated, type IsolateOptions } from './isolate/isolate.js';
export { describeOwner, type Owner } from './owner.js';
export { showStack, type ShownArm } from './show-stack.js';
export { findStale, prune, pruneStale, type PruneFilter } from './prune.js';
