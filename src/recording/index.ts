export { createRunDirectory } from './runDirectory.js';
export type { RunDirectory } from './runDirectory.js';
export type { RunJournal } from './journal/runJournal.js';
export { readRecording } from './read/readRecording.js';
export type { ReadOptions, ReadResult } from './read/readRecording.js';
export { readResult, writeReports } from './reports.js';
export type { ReportFile } from './reports.js';
