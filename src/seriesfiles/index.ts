export { readPrometheus } from './read-prometheus.js';
export { readSeries } from './read-series.js';
export { readText } from './read-text.js';
