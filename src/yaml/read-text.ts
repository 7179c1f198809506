import { createReadStream } from 'node:fs';
import type { InputFault, ErrorCode } from '../model/index.js';

/** A file that a person writes is shorter than this. */
const MOST_BYTES = 4 * 2 ** 20;

const LARGE_HINTS: Partial<Record<ErrorCode, string>> = {
  SCENARIO_SYNTAX: 'put long recorded traffic into traffic.sources',
};

/** The text of a file, or the reason why it cannot be read. */
export type FileText = { readonly text: string } | { readonly fault: InputFault };

/** Reads at most 4 MiB of a text file. @throws the error of the file system */
export async function readText(file: string, code: ErrorCode): Promise<FileText> {
  return textOf(createReadStream(file), file, code);
}

/** The same for bytes from another source. */
export async function textOf(bytes: AsyncIterable<Uint8Array>, file: string, code: ErrorCode): Promise<FileText> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of bytes) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > MOST_BYTES) return refused(file, code, 'the file is larger than 4 MiB', LARGE_HINTS[code] ?? 'split it');
  }
  return decode(Buffer.concat(chunks), file, code);
}

function decode(bytes: Buffer, file: string, code: ErrorCode): FileText {
  if (startsWith(bytes, [0xff, 0xfe]) || startsWith(bytes, [0xfe, 0xff]))
    return refused(file, code, 'the file is written in UTF-16', 'save it as UTF-8');
  if (bytes.includes(0)) return refused(file, code, 'the file is binary, not text', 'give the path of a YAML file');
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes) };
  } catch {
    return refused(file, code, 'the file has characters that are not UTF-8', 'save it as UTF-8');
  }
}

const startsWith = (bytes: Buffer, mark: readonly number[]): boolean => mark.every((byte, i) => bytes[i] === byte);

function refused(file: string, code: ErrorCode, message: string, hint: string): FileText {
  return {
    fault: { code, kind: 'not-text', severity: 'error', message, hint, place: { file, line: 1, column: 1, text: '' } },
  };
}
