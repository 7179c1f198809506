import type { NoteKind, SkipReason } from '../../requests/index.js';
import type { PostData } from './entry.js';
import { boundaryOf, formsOf, multipartOf } from './form.js';

export type HarBody =
  | { readonly bytes: Buffer | null; readonly notes: readonly NoteKind[] }
  | { readonly missing: SkipReason; readonly message: string };

/** Bytes of a file that Playwright wrote beside the archive; null if it cannot be read. */
export type Attached = (name: string) => Promise<Buffer | null>;

/**
 * The bytes of a body. The length in the entry is the proof: of all forms that the recorded text or fields may have
 * had, the one with this length is used. If none has it, the bytes are not known.
 */
export async function bodyOf(
  postData: PostData | null | undefined,
  length: number | null,
  type: string,
  attached: Attached,
): Promise<HarBody> {
  const { text, params, _file: file, encoding } = postData ?? {};
  if (typeof file === 'string' && file !== '') {
    const bytes = await attached(file);
    return bytes === null
      ? { missing: 'body-missing', message: `The file "${file}" with the body cannot be read` }
      : proven([bytes], length);
  }
  if (typeof text === 'string' && text !== '')
    return encoding === 'base64' ? proven([Buffer.from(text, 'base64')], length) : fromText(text, length);
  if (Array.isArray(params) && params.length > 0) return fromParams(params, length, type);
  return length === null || length === 0
    ? { bytes: null, notes: [] }
    : { missing: 'body-missing', message: `The request had a body of ${length} bytes that was not recorded` };
}

/**
 * UTF-8; or one byte per character, as tools write binary bodies; or with line ends that a tool shortened; or after the
 * headers of the body, as Firefox wrote a form.
 */
function fromText(text: string, length: number | null): HarBody {
  if (length === null && text.includes('\ufffd'))
    return { missing: 'body-damaged', message: 'The recorded text has replacement characters for lost bytes' };
  const candidates = [
    Buffer.from(text, 'utf8'),
    ...(/^[\0-\u00ff]*$/.test(text) ? [Buffer.from(text, 'latin1')] : []),
    Buffer.from(text.replace(/\r?\n/g, '\r\n'), 'utf8'),
    ...(/^Content-[^]*?\r\n\r\n/.test(text) ? [Buffer.from(text.replace(/^[^]*?\r\n\r\n/, ''), 'utf8')] : []),
  ];
  return proven(candidates, length);
}

function fromParams(params: NonNullable<PostData['params']>, length: number | null, type: string): HarBody {
  if (/^\s*multipart\//i.test(type)) {
    const boundary = boundaryOf(type);
    const body = boundary === null ? null : multipartOf(params, boundary);
    return body === null
      ? { missing: 'body-missing', message: 'The files of a multipart body, or its boundary, were not recorded' }
      : rebuilt([body], length);
  }
  if (type !== '' && !/x-www-form-urlencoded/i.test(type))
    return { missing: 'body-missing', message: `The fields of a body of type ${type} were recorded, but not the body` };
  const [asRecorded, ...encoded] = formsOf(params) as [Buffer, ...Buffer[]];
  return rebuilt(length === null ? encoded : [...encoded, asRecorded], length);
}

/** If several forms have the length, or no length is stated, the form is likely but not proved. */
function rebuilt(candidates: readonly Buffer[], length: number | null): HarBody {
  const body = proven(candidates, length);
  if ('missing' in body || body.bytes === null) return body;
  const rivals = candidates.filter((candidate) => length === null || candidate.length === length);
  const certain = rivals.every((rival) => rival.equals(body.bytes as Buffer));
  return certain ? body : { ...body, notes: ['form-rebuilt'] };
}

function proven(candidates: readonly Buffer[], length: number | null): HarBody {
  const found = length === null ? candidates[0] : candidates.find((candidate) => candidate.length === length);
  if (found !== undefined) return { bytes: found.length === 0 ? null : found, notes: [] };
  return {
    missing: 'body-damaged',
    message: `The request had a body of ${length} bytes; the recorded part has ${candidates[0]?.length ?? 0}`,
  };
}
