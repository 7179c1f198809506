export { LOG_FORMATS } from './access-log/named.js';
export { accessLog } from './access-log/read.js';
export { auditJson } from './audit/json.js';
export { auditNative } from './audit/native.js';
