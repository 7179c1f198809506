/** A name is secret if one of these words is in it. */
const ANYWHERE = words(`
  password passwords passwd passphrase passcode pwd secret secrets token jwt csrf xsrf otp apikey accesskey privatekey
  credential credentials authorization authentication saml samlresponse samlrequest assertion sessionid phpsessid
  jsessionid dpop oidc cvv cvc ssn`);
/** A name is secret if it ends with one of these words. */
const AT_THE_END = words('pass pw pin sid session auth signature sig ticket');
/** A name is secret if it is one of these words, or has a certain word before it. */
const QUALIFIED: Readonly<Record<string, ReadonlySet<string>>> = {
  key: words('api access secret private subscription auth session license encryption signing master functions account'),
  code: words('auth verification security access login'),
  id: words('session sess'),
};
const ALONE = words('key code');
/** Words written together in small letters: the end decides. */
const COMPOUND = /(?:token|password|passwd|passphrase|secret|apikey|accesskey|privatekey|secretkey|sessid|sessionid)$/;
/** A name that ends with one of these words is only about a secret: `tokenType`, `passwordHint`. */
const ABOUT = words(`
  type types count length size expiry expires expired valid enabled disabled required present policy name names url uri
  path endpoint hint version format algorithm alg method mode limit field label error status state`);
/** A name that begins with one of these words asks about a secret: `isNewSession`. */
const ASKING = words('is has can show needs use allow');

/**
 * Whether the value of a name (of a parameter, a header, a field, an element) is a secret. Whole words decide:
 * `X-CSRFToken`, `api_key` and `user[password]` are secret, `rootPath`, `spotPrice` and `authType` are not.
 */
export function isSecretName(name: string): boolean {
  const parts = wordsOf(name);
  const last = parts.at(-1);
  if (last === undefined || ABOUT.has(last) || (parts.length > 1 && ASKING.has(parts[0] as string))) return false;
  if (parts.some((word) => ANYWHERE.has(word) || COMPOUND.test(word)) || AT_THE_END.has(last)) return true;
  if (parts.length === 1) return ALONE.has(last);
  const qualifiers = Object.hasOwn(QUALIFIED, last) ? QUALIFIED[last] : undefined;
  return qualifiers !== undefined && parts.slice(0, -1).some((word) => qualifiers.has(word));
}

/** `X-CSRFToken` → x, csrf, token. Names are short: only the end of a long one is used. */
function wordsOf(name: string): readonly string[] {
  return (name.slice(-200).match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g) ?? []).map((word) => word.toLowerCase());
}

function words(text: string): ReadonlySet<string> {
  return new Set(text.trim().split(/\s+/));
}
