import { accessLog, auditJson, auditNative } from '../logfiles/index.js';
import type { ImportFormat } from '../model/index.js';
import type { Format } from '../requests/index.js';
import { burp, curl, goFtw, gor, har, rawHttp, vegeta, zap } from '../trafficfiles/index.js';

export const FORMATS = {
  har,
  http: rawHttp,
  ftw: goFtw,
  gor,
  'access-log': accessLog,
  vegeta,
  'modsecurity-native': auditNative,
  'modsecurity-json': auditJson,
  burp,
  zap,
  curl,
} as const satisfies Record<ImportFormat, Format>;
export type FormatName = keyof typeof FORMATS;

/** Endings of the files of a folder that are read; others are passed over. */
export const ENDINGS: Partial<Record<FormatName, RegExp>> = { ftw: /\.ya?ml(?:\.gz)?$/i };
