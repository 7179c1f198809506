import type { Masking } from './masking.js';

const PAIR = /([?&]|^)([^=&?]+)=([^&]+)/g;
/** A JSON Web Token: two parts that begin as the base64 of `{"`, and a signature. */
const JWT = /\beyJ[\w-]{4,}\.[\w-]{4,}\.[\w-]*/g;
/** The name and the password before the host of a URL. */
const USER_INFORMATION = /(:\/\/)([^/?#@\s]+)(?=@)/g;
const PATH_PARAMETER = /;([^=;/?#]+)=([^;/?#]+)/g;
/** An argument of GraphQL and the like, `password: "x"`, plain, or with its quotation marks escaped or encoded. */
const ARGUMENT = /([A-Za-z_][\w-]*)(\s*:\s*(?:\\?"|%22))((?:(?!\\?"|%22)[^])*)/g;

/** Values of secret names in a query or a form, and everywhere what looks like a token. */
export function maskPairs(text: string, masking: Masking): string {
  return text.replace(PAIR, (_, before: string, name: string, value: string) => {
    const masked = masking.isSecret(name) ? masking.mask(value, name) : maskText(value, masking);
    return `${before}${name}=${masked}`;
  });
}

/** Tokens recognised by their form, and arguments with a secret name. */
export function maskText(text: string, masking: Masking): string {
  const tokens = masking.isKept('jwt') ? text : text.replace(JWT, (token) => masking.mask(token, 'jwt'));
  if (!tokens.includes(':')) return tokens;
  return tokens.replace(ARGUMENT, (argument, name: string, between: string, value: string) =>
    masking.isSecret(name) ? name + between + masking.mask(value, name) : argument,
  );
}

/** A target, or a URL in a header: user information, parameters of the path, the query and the fragment. */
export function maskUrl(url: string, masking: Masking): string {
  const [, path = '', query = '', fragment = ''] = /^([^?#]*)(\?[^#]*)?(#[^]*)?$/.exec(url) ?? [];
  const named = masking.isKept('userinfo')
    ? path
    : path.replace(USER_INFORMATION, (_, slashes: string, user: string) => slashes + masking.mask(user, 'userinfo'));
  const masked = named.replace(PATH_PARAMETER, (parameter, name: string, value: string) =>
    masking.isSecret(name) ? `;${name}=${masking.mask(value, name)}` : parameter,
  );
  const beyond = fragment === '' ? '' : `#${maskPairs(fragment.slice(1), masking)}`;
  return maskText(masked, masking) + maskPairs(query, masking) + beyond;
}
