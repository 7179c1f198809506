import { createHash, createPrivateKey, createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import * as z from 'zod';
import { SlopegateError } from '../model/index.js';
import { damaged, SIGNATURE_FILE } from './contents.js';

const signatureSchema = z.strictObject({
  algorithm: z.literal('ed25519'),
  /** Public key, SPKI in base64. */
  publicKey: z.base64(),
  /** Over the bytes of bundle.json, in base64. */
  signature: z.base64(),
});

/** The signature of a bundle: over `bundle.json`, which has the digests of all files. */
type BundleSignature = Readonly<z.infer<typeof signatureSchema>>;

/** @throws SlopegateError USAGE if the text is not a private ed25519 key in PEM */
export function signContents(contents: string, privateKey: string): BundleSignature {
  const key = keyOf(() => createPrivateKey(privateKey), 'The signing key', 'openssl genpkey -algorithm ed25519');
  return {
    algorithm: 'ed25519',
    publicKey: spki(createPublicKey(key)).toString('base64'),
    signature: sign(null, Buffer.from(contents), key).toString('base64'),
  };
}

/** Who signed a bundle, and whether that is the person whose key was given. */
export interface CheckedSignature {
  /** SHA-256 of the public key, in hex. The owner of the key can compute it too, to compare. */
  readonly fingerprint: string;
  /** False if no key was given to compare with. */
  readonly trusted: boolean;
}

/**
 * Checks a signature with the key that it names, and with the reader's key if there is one.
 * @throws SlopegateError BUNDLE_INVALID if it does not hold; USAGE if the reader's key is not an ed25519 key in PEM
 */
export function checkSignature(contents: string, signature: string, publicKey: string | null): CheckedSignature {
  const parsed = signatureSchema.safeParse(jsonOf(signature));
  if (!parsed.success) throw damaged(`${SIGNATURE_FILE} does not have the form that slopegate writes.`);
  const { publicKey: named, signature: signed } = parsed.data;
  const key = signer(named);
  if (!verify(null, Buffer.from(contents), key, Buffer.from(signed, 'base64')))
    throw damaged('The signature does not fit the bundle.');
  const fingerprint = createHash('sha256').update(spki(key)).digest('hex');
  if (publicKey === null) return { fingerprint, trusted: false };
  const expected = keyOf(() => createPublicKey(publicKey), 'The public key', 'openssl pkey -in KEY.pem -pubout');
  if (!spki(expected).equals(spki(key)))
    throw new SlopegateError(
      'BUNDLE_INVALID',
      `Somebody else signed the bundle: a key with fingerprint ${fingerprint}.`,
      {
        hint: 'Ask who made the bundle, or give the right --public-key.',
      },
    );
  return { fingerprint, trusted: true };
}

const spki = (key: KeyObject): Buffer => key.export({ type: 'spki', format: 'der' });

function signer(publicKey: string): KeyObject {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' });
  } catch (cause) {
    throw damaged(`The key in ${SIGNATURE_FILE} cannot be read.`, cause);
  }
}

function keyOf(read: () => KeyObject, what: string, hint: string): KeyObject {
  let key: KeyObject;
  try {
    key = read();
  } catch (cause) {
    throw new SlopegateError('USAGE', `${what} cannot be read.`, { cause, hint: `Give a PEM file, made by: ${hint}` });
  }
  if (key.asymmetricKeyType === 'ed25519') return key;
  throw new SlopegateError('USAGE', `${what} is of the type ${key.asymmetricKeyType}, not ed25519.`, {
    hint: `Give a PEM file, made by: ${hint}`,
  });
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw damaged(`${SIGNATURE_FILE} is not a JSON document.`);
  }
}
