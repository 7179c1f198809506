import type { ComposeModel } from '../compose/model.js';

/** Usual names of passwords and keys. If a name ends in FILE, its value is a path. */
const SECRET_NAME = /passw|passphrase|pwd|secret|token|credential|(?:api|auth|private|access|signing|encryption)_?key/i;
const OF_A_FILE = /file$/i;
/** `postgres://user:password@host` */
const USER_INFORMATION = /(:\/\/[^:/@\s]*:)[^@/\s]+(?=@)/g;
/** Shorter values may be ordinary words that occur elsewhere too. */
const SHORTEST = 6;

/** Whether a variable of this name holds something that must not be shown. */
export function isSecretName(name: string): boolean {
  return SECRET_NAME.test(name) && !OF_A_FILE.test(name);
}

/** The model as it may be shown: values of variables with secret names are masked everywhere in a service. */
export function withoutSecrets(model: ComposeModel): ComposeModel {
  const values = [...new Set(secretValues(model.services))].sort((a, b) => b.length - a.length);
  const mask = (text: string): string =>
    values.reduce((shown, value) => shown.replaceAll(value, '***'), text).replace(USER_INFORMATION, '$1***');
  return { ...model, ...(masked(null, { services: model.services, configs: model['configs'] }, mask) as object) };
}

function secretValues(value: unknown, name = ''): string[] {
  if (typeof value === 'string') return isSecretName(name) && value.length >= SHORTEST ? [value] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => secretValues(item, key));
}

/** Keys with names of Docker objects, which are not secrets. */
const NAMES = ['image', 'source', 'target', 'driver', 'name', 'network_mode'];

function masked(name: string | null, value: unknown, mask: (text: string) => string): unknown {
  if (typeof value === 'string') {
    if (name !== null && NAMES.includes(name)) return value;
    return name !== null && isSecretName(name) && value !== '' ? '***' : mask(value);
  }
  if (Array.isArray(value)) return value.map((item: unknown) => masked(null, item, mask));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, masked(key, item, mask)]));
}
