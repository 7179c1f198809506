export { renderHtml } from './page.js';
export { contentSecurityPolicy } from './content-security-policy.js';
export { STYLE } from './style.js';
export { slug } from './service-cells.js';
