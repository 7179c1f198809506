/** A scalar of a test file: the text as it is written, null for nothing, bytes for `!!binary`. */
export type Scalar = string | null | Uint8Array;

/** A stage of a go-ftw test. A file may contain anything; readers check what they use. */
export interface Stage {
  readonly input?: Input | null;
  readonly output?: Output | null;
}

export interface Input {
  readonly method?: Scalar;
  readonly uri?: Scalar;
  readonly version?: Scalar;
  readonly headers?: Readonly<Record<string, Scalar>> | null;
  readonly ordered_headers?: readonly { readonly name?: Scalar; readonly value?: Scalar }[] | null;
  readonly data?: Scalar;
  readonly encoded_data?: Scalar;
  readonly encoded_request?: Scalar;
  readonly raw_request?: Scalar;
  readonly autocomplete_headers?: Scalar;
  readonly stop_magic?: Scalar;
  readonly follow_redirect?: Scalar;
}

export interface Output {
  readonly status?: Scalar | readonly Scalar[];
  readonly log_contains?: Scalar;
  readonly no_log_contains?: Scalar;
  readonly expect_error?: Scalar;
  readonly log?: {
    readonly expect_ids?: readonly Scalar[] | null;
    readonly no_expect_ids?: readonly Scalar[] | null;
    readonly match_regex?: Scalar;
    readonly no_match_regex?: Scalar;
  } | null;
}

/** A scalar's bytes: text as UTF-8; null if there is none. @throws TypeError if it is a list or a map */
export function bytesOf(scalar: Scalar | undefined): Buffer | null {
  if (scalar === undefined || scalar === null) return null;
  if (typeof scalar === 'string') return Buffer.from(scalar, 'utf8');
  if (scalar instanceof Uint8Array) return Buffer.from(scalar);
  throw new TypeError('a scalar is expected');
}

/** A scalar as a byte string. */
export function textOf(scalar: Scalar | undefined): string | null {
  return bytesOf(scalar)?.toString('latin1') ?? null;
}

/** Null if nothing is stated. @throws TypeError if it is not true or false */
export function flagOf(scalar: Scalar | undefined): boolean | null {
  const text = textOf(scalar)?.toLowerCase() ?? null;
  if (text === null) return null;
  if (['true', 'yes', 'on', 'y'].includes(text)) return true;
  if (['false', 'no', 'off', 'n'].includes(text)) return false;
  throw new TypeError('true or false is expected');
}
