/** Letters and digits with which Kubernetes ends the names of pods. */
const OF_KUBERNETES = /^[bcdfghjklmnpqrstvwxz2456789]+$/;
const VERSION = /^v?\d+(?:\.\d+)*$/;
const HEX = /^(?=.*\d)[0-9a-f]{8,64}$/;
const OF_AN_ARM = new Set([
  'old',
  'new',
  'baseline',
  'candidate',
  'blue',
  'green',
  'canary',
  'stable',
  'before',
  'after',
]);

/**
 * The part of a pod's or container's name that names its role, without the parts that differ between versions and
 * copies: `ingress-7f9c8d6b5-x2x4z` and `ingress-6b4f9cd7d8-9kq2m` are both `ingress`.
 */
export function roleOfName(name: string): string {
  const tokens = name.split(/[-_]/);
  if (tokens.length > 2 && isPodEnd(tokens.at(-1)) && isSetHash(tokens.at(-2))) tokens.splice(-2);
  const telling = tokens.filter(
    (token) => !VERSION.test(token) && !HEX.test(token) && !OF_AN_ARM.has(token.toLowerCase()),
  );
  return telling.join('-') || name;
}

function isPodEnd(token = ''): boolean {
  return token.length === 5 && OF_KUBERNETES.test(token);
}

function isSetHash(token = ''): boolean {
  return token.length >= 6 && token.length <= 10 && OF_KUBERNETES.test(token) && /\d/.test(token);
}

/** The names without the first word that all of them share: the project, in `shop-old_waf_1` and `shop-old_db_1`. */
export function withoutProject(names: readonly string[]): string[] {
  const [first = ''] = (names[0] ?? '').split(/[-_]/);
  const shared = names.length > 1 && names.every((name) => name.startsWith(first) && name.length > first.length + 1);
  return shared ? names.map((name) => name.slice(first.length + 1)) : [...names];
}
