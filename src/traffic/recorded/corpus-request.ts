import { SlopegateError, type RequestBehaviour } from '../../model/index.js';

/**
 * One imported request: what a trace needs, its source, and when it was recorded. Names and values are byte strings.
 */
export interface CorpusRequest {
  readonly label: string;
  /** `file:line` of the entry. */
  readonly source: string;
  /** Milliseconds since the first request of its file; null if the format has no times. */
  readonly at: number | null;
  readonly method: string;
  readonly target: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: Uint8Array | null;
  readonly raw?: Uint8Array;
  readonly behaviour?: RequestBehaviour;
}

/** A corpus file has one request per line: JSON, with bytes in base64. */
export function encodeCorpusLine({ body, raw, ...rest }: CorpusRequest): string {
  const bytes = {
    ...(body === null ? {} : { body: base64(body) }),
    ...(raw === undefined ? {} : { raw: base64(raw) }),
  };
  return `${JSON.stringify({ ...rest, ...bytes })}\n`;
}

export function decodeCorpusLine(line: string, location: string): CorpusRequest {
  try {
    const { body, raw, ...rest } = JSON.parse(line) as Omit<CorpusRequest, 'body' | 'raw'> & {
      body?: string;
      raw?: string;
    };
    if (
      typeof rest.method !== 'string' ||
      typeof rest.target !== 'string' ||
      typeof rest.label !== 'string' ||
      !Array.isArray(rest.headers)
    )
      throw new TypeError('label, method, target and headers are needed');
    return {
      ...rest,
      at: rest.at ?? null,
      body: body === undefined ? null : Buffer.from(body, 'base64'),
      ...(raw === undefined ? {} : { raw: Buffer.from(raw, 'base64') }),
    };
  } catch (error) {
    throw new SlopegateError('TRAFFIC_INVALID', `${location} is not a line of a slopegate corpus`, {
      because: error,
      location,
      hint: 'Make corpora with slopegate import',
    });
  }
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}
