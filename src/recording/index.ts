export { readExplanation } from './read/explanation.js';
export { readManifest } from './read/read-manifest.js';
export { readRecording } from './read/read-recording.js';
export type { ReadResult } from './read/recording-reader.js';
export { readRemedies } from './read/remedies.js';
