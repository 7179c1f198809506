export { huntShapes, isFound, weighShape, type MeasureBatch } from './hunt.js';
export { findingsOf, type Found } from './findings.js';
export { corpusText, requestText, scenarioText } from './found-files.js';
export { shapesOf, type HuntShape } from './shapes.js';
export { refuseUnserved } from './unserved.js';
