import { INPUT } from './input.js';
import { MARKER } from './marker.js';
import { PARTS } from './parts.js';
import { VALUES } from './values.js';
import { VIEWS } from './views.js';

/**
 * The page's script: it reads and zooms the charts, opens what a link leads to, and filters services. The rest is in
 * the markup. Plain JavaScript with JSDoc types; `test/page/script.test.ts` lints it and checks its types with the
 * DOM.
 */
export const SCRIPT = `'use strict';
(() => {
  addEventListener('error', (event) => {
    document.documentElement.dataset['error'] = event.message;
  });
${[VALUES, VIEWS, MARKER, INPUT, PARTS].join('')}
  document.documentElement.dataset['ready'] = String(document.querySelectorAll('svg.plot').length);
})();
`;
