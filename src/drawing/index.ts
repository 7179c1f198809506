export { badge, code, dataTable, folded, legend, note, section, valueAbove, type Row } from './elements.js';
export { h, serialise, type Child, type Element } from './node.js';
export { pairsOf, type Pair } from './plot/curve.js';
export { differencePlot } from './plot/difference-plot.js';
export { forestPlot } from './plot/forest-plot.js';
export { hostPlots } from './plot/host-plot.js';
export { outlookPlot } from './plot/outlook-plot.js';
export { memoryPlots } from './plot/memory-plot.js';
export { trendPlots, type TrendRun } from './plot/trend-plot.js';
