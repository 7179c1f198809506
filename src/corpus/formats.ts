import type { ImportFormat } from '../model/index.js';
import type { Format } from './entry.js';
import { accessLog } from './formats/access-log/read.js';
import { auditJson } from './formats/audit/json.js';
import { auditNative } from './formats/audit/native.js';
import { burp } from './formats/burp.js';
import { curl } from './formats/curl/read.js';
import { goFtw } from './formats/ftw/read.js';
import { gor } from './formats/gor.js';
import { har } from './formats/har/read.js';
import { rawHttp } from './formats/raw-http.js';
import { vegeta } from './formats/vegeta.js';

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
  curl,
} as const satisfies Record<ImportFormat, Format>;
export type FormatName = keyof typeof FORMATS;

/** Endings of the files of a folder that are read; others are passed over. */
export const ENDINGS: Partial<Record<FormatName, RegExp>> = { ftw: /\.ya?ml(?:\.gz)?$/i };

/** Formats that hold the bytes of requests, so that they can be kept exactly. */
export const EXACT_FORMATS: readonly FormatName[] = ['http', 'gor', 'burp'];
