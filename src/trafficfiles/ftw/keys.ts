import type { Stage } from './stage.js';

/** Keys of ftw-tests-schema, and `raw_request` of the tool before go-ftw. */
const KNOWN = {
  input: new Set([
    'dest_addr',
    'port',
    'protocol',
    'uri',
    'follow_redirect',
    'version',
    'method',
    'headers',
    'ordered_headers',
    'data',
    'encoded_data',
    'save_cookie',
    'stop_magic',
    'autocomplete_headers',
    'encoded_request',
    'raw_request',
    'response',
    'virtual_host_mode',
  ]),
  output: new Set([
    'status',
    'response_contains',
    'log_contains',
    'no_log_contains',
    'log',
    'expect_error',
    'retry_once',
    'isolated',
  ]),
} as const;

/** An unknown key that might change the request or its label; null if there is none. */
export function unknownKey(stage: Stage): { readonly part: 'input' | 'output'; readonly key: string } | null {
  for (const part of ['input', 'output'] as const) {
    const key = Object.keys(stage[part] ?? {}).find((name) => !KNOWN[part].has(name));
    if (key !== undefined) return { part, key };
  }
  return null;
}
