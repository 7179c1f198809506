/** Words in the name of a secret: PASSWORD, API_KEY, accessToken. */
const SECRET_WORDS = new Set(
  (
    'password passwd passphrase pass pwd secret secrets token key apikey ' +
    'credential credentials authorization cookie auth'
  ).split(' '),
);
const WORDS = /[A-Z]+(?![a-z])|[A-Z]?[a-z]+/g;
const REFERENCE = /\$\{env:[A-Za-z_]\w*\}/;
const USER = /^([a-z][a-z0-9+.-]*:\/\/)[^/@\s]*@/i;

/** What is shown in place of a secret. */
export const MASKED = '***';

/** Whether a variable, a header or a field holds a secret, judged by its name. */
export function isSecretName(name: string): boolean {
  return [...name.matchAll(WORDS)].some(([word]) => SECRET_WORDS.has(word.toLowerCase()));
}

/** The values that may be shown. Secrets are masked, unless the value only says where the secret comes from. */
export function maskSecrets(values: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      isSecretName(name) && value !== '' && !REFERENCE.test(value) ? MASKED : value,
    ]),
  );
}

/** `tcp://user:password@host` → `tcp://host`. */
export const maskUser = (address: string): string => address.replace(USER, '$1');
