export { emptied, question, readPage, type Page } from './page.js';
export { liveHeap, unused } from './live-heap.js';
export { ensureHook, ensureLibrary, libraryPath } from './library.js';
export { preloadOf, type Preloads } from './preload-of.js';
export { LENS_PAGES } from './paths.js';
export { nextQuestion, nodeThreads, QUESTION_BYTES, readProfile, type NodeThread } from './node-hook.js';
export { readSamples, type Sample } from './samples.js';
