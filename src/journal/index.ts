export { atomicWrite } from './atomic-write.js';
export { createMergedDirectory } from './merged-directory.js';
export { createRunDirectory, openRoot } from './run-directory.js';
export { EXPLANATION_FILE, explanationReport, REMEDY_FILE, readResult, remedyReport, writeReports } from './reports.js';
export { resumeRunDirectory } from './resume-directory.js';
