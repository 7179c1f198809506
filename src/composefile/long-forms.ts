import type { ComposeFile } from './merge-files.js';

type Form = (value: unknown) => unknown;

const isMap = (value: unknown): value is ComposeFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** `[A=1, B]` as `{ A: '1', B: null }`; values of a map as texts, as a container gets them. */
const pairs: Form = (value) => {
  if (isMap(value)) return mapped(value, (one) => (one === null ? null : textOf(one)));
  if (!Array.isArray(value)) return value;
  return Object.fromEntries(
    value.map((item: unknown) => {
      const text = textOf(item);
      const end = text.indexOf('=');
      return end === -1 ? [text, null] : [text.slice(0, end), text.slice(end + 1)];
    }),
  );
};

/** `[a, b]` as `{ a: {}, b: {} }`: a name without settings is the same as one with none. */
const names: Form = (value) =>
  Array.isArray(value)
    ? Object.fromEntries(value.map((name: unknown) => [textOf(name), {}]))
    : isMap(value)
      ? mapped(value, (one) => one ?? {})
      : value;

/** `./a:/b:ro` as a map. A source that is a path is a path of the host; any other is the name of a volume. */
const mount: Form = (value) => {
  if (typeof value !== 'string') return value;
  const [source = '', target, mode = ''] = value.split(':');
  if (target === undefined) return { type: 'volume', target: source };
  const readOnly = mode.split(',').includes('ro') ? { read_only: true } : {};
  return { type: /^[./~]/.test(source) ? 'bind' : 'volume', source, target, ...readOnly };
};

const reference =
  (folder: string): Form =>
  (value) => {
    const { source, target, ...rest } = isMap(value) ? value : { source: value };
    return { source, target: target ?? `${folder}${textOf(source)}`, ...rest };
  };

const listOf =
  (form: Form): Form =>
  (value) =>
    Array.isArray(value) ? value.map(form) : value;

const build: Form = (value) => {
  const { args, ...rest } = isMap(value) ? value : { context: value };
  return { ...rest, ...(args === undefined ? {} : { args: pairs(args) }) };
};

const FORMS: Readonly<Record<string, Form>> = {
  environment: pairs,
  labels: pairs,
  annotations: pairs,
  sysctls: pairs,
  depends_on: names,
  networks: names,
  volumes: listOf(mount),
  configs: listOf(reference('/')),
  secrets: listOf(reference('/run/secrets/')),
  build: (value) => (value === null ? value : build(value)),
  env_file: (value) => (typeof value === 'string' ? [value] : value),
};

/**
 * A compose file with its services in the long forms: the same thing can be written in two ways, and files in different
 * forms must be merged and compared. Ports stay as they are written.
 */
export function inLongForms(file: ComposeFile): ComposeFile {
  const { services } = file;
  if (!isMap(services)) return file;
  const formed = mapped(services, (service) =>
    isMap(service)
      ? mapped(service, (value, key) => (Object.hasOwn(FORMS, key) ? FORMS[key]!(value) : value))
      : service,
  );
  return { ...file, services: formed };
}

function mapped(map: ComposeFile, form: (value: unknown, key: string) => unknown): ComposeFile {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, form(value, key)]));
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}
