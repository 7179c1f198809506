export { createMergedDirectory } from '../journal/merged-directory.js';
export { createRunDirectory, openRoot } from '../journal/run-directory.js';
export { readRecording } from './read/read-recording.js';
export type { ReadResult } from './read/recording-reader.js';
export { readResult, writeReports } from '../journal/reports.js';
export { readManifest } from './read/read-manifest.js';
export { resumeRunDirectory } from '../journal/resume-directory.js';
