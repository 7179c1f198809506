export { emptied, question, readPage, type Page } from './page.js';
export { liveHeap, unused } from './live-heap.js';
export { ensureLibrary, libraryPath } from './library.js';
export { preloadOf } from './preload-of.js';
export { LENS_PAGES } from './paths.js';
export { readSamples } from './samples.js';
