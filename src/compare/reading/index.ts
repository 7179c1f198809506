export { readPrometheus } from './read-prometheus.js';
export { readSeries } from './read-series.js';
export { readText, type Source } from './read-text.js';
