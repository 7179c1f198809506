export { burp } from './burp.js';
export { curl } from './curl/read.js';
export { goFtw } from './ftw/read.js';
export { gor } from './gor.js';
export { har } from './har/read.js';
export { rawHttp } from './raw-http.js';
export { vegeta } from './vegeta.js';
export { zap } from './zap.js';
