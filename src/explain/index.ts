export { unreadableHeap } from './allocator.js';
export { refuseUnanswered, samplesIn, sightOfAll, type Sight } from './comparable.js';
export { mainHeap, NO_BLOCKS, threadHeap, together, walkHeap, type HeapBlocks, type HeapPlace } from './heap.js';
export { growingHeaps, growingMappings, servicesRead, type MemoryLooks, type ServiceMemory } from './memory-growth.js';
export { kindOf, readSmaps, threadHeapsIn, type MappedMemory } from './smaps.js';
export { growingStacks, totalGrowth, type Looks, type NamedSample } from './stacks.js';
