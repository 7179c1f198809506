export { createRunDirectory, openRoot } from './run-directory.js';
export type { RunDirectory } from './run-directory.js';
export type { RunJournal } from './journal/run-journal.js';
export { readRecording } from './read/read-recording.js';
export type { ReadOptions, ReadResult } from './read/read-recording.js';
export { readResult, writeReports } from './reports.js';
export type { ReportFile } from './reports.js';
