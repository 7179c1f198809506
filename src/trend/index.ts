export { renderTrend, type TrendPage } from './page.js';
