import { textOf, type HarParam } from './entry.js';

/** The ways in which fields may have been written as a form: first as recorded, then encoded. */
export function formsOf(params: readonly HarParam[]): readonly Buffer[] {
  const pairs = params.map(({ name, value }) => [textOf(name), textOf(value)] as const);
  const joined = (encode: (text: string) => string): Buffer =>
    Buffer.from(pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&'), 'utf8');
  return [
    joined((text) => text),
    joined(plusEncoded),
    joined((text) => plusEncoded(text).replaceAll('+', '%20')),
    joined(percentEncoded),
    joined((text) => percentEncoded(text).replaceAll('%20', '+')),
  ];
}

/** Encoded as in the URL standard. */
function plusEncoded(text: string): string {
  return new URLSearchParams([['', text]]).toString().slice(1);
}

/** Half of a surrogate pair has no bytes; the replacement character is used instead. */
function percentEncoded(text: string): string {
  return encodeURIComponent(Buffer.from(text, 'utf8').toString('utf8'));
}

/** The multipart body of these fields; null if the content of a file is not recorded. */
export function multipartOf(params: readonly HarParam[], boundary: string): Buffer | null {
  const parts: string[] = [];
  for (const { name, value, fileName, contentType } of params) {
    if (value === undefined || value === null) return null;
    const file = fileName === undefined ? '' : `; filename="${fileName}"`;
    const type = contentType === undefined || contentType === '' ? '' : `Content-Type: ${contentType}\r\n`;
    const head = `Content-Disposition: form-data; name="${textOf(name)}"${file}\r\n${type}`;
    parts.push(`--${boundary}\r\n${head}\r\n${textOf(value)}\r\n`);
  }
  return Buffer.from(`${parts.join('')}--${boundary}--\r\n`, 'utf8');
}

/** The boundary of a multipart type; null if it has none. */
export function boundaryOf(type: string): string | null {
  return /^\s*multipart\/[^]*?;\s*boundary="?([^";]+)/i.exec(type)?.[1]?.trim() ?? null;
}
