import type { ImportFormat } from './traffic-source.js';

/** The parts of a log line from which a request is made again, besides `header:NAME`. */
export const LOG_FIELDS = [
  'request',
  'method',
  'target',
  'query',
  'protocol',
  'address',
  'time',
  'date',
  'host',
  'body',
  'length',
] as const;

/** Formats whose requests can be kept byte for byte. */
export const EXACT_FORMATS: readonly ImportFormat[] = ['http', 'gor', 'burp'];

/** The parts of a label for a test of the Core Rule Set, besides what the test expects. */
const RULE_PARTS = ['class', 'rule', 'level'] as const;
/** The parts of a label for any other request: its Host, the first part of its path, its method. */
export const REQUEST_PARTS = ['host', 'path', 'method'] as const;
export type LabelPart = (typeof RULE_PARTS)[number] | (typeof REQUEST_PARTS)[number];

/** What can be stated about an import, on a command line and in a scenario. */
export interface StatedChoices {
  readonly host?: string | null;
  readonly onlyHost?: readonly string[];
  readonly labelBy?: readonly string[];
  /** Path of the folder of the rules. */
  readonly rules?: string;
  readonly logFormat?: string | null;
  readonly fields?: Readonly<Record<string, string>>;
  readonly from?: string;
  readonly to?: string;
  readonly exact?: boolean;
  readonly strict?: boolean;
  readonly keepSecrets?: boolean;
  readonly mask?: readonly string[];
  readonly keep?: readonly string[];
}

/** One choice: the argument of its flag on a command line, how its value is written, and what it does. */
export interface ImportChoice {
  readonly argument: string | null;
  readonly takes: 'text' | 'list' | 'pairs' | 'switch';
  /** The formats that have this choice; absent if all have it. */
  readonly formats?: readonly ImportFormat[];
  readonly description: string;
}

/** Every choice by its key in a scenario; its flag is the same with dashes. */
export const IMPORT_CHOICES: Readonly<Record<keyof StatedChoices, ImportChoice>> = {
  host: { argument: 'host', takes: 'text', description: 'Host header to send instead of the recorded one' },
  onlyHost: {
    argument: 'host',
    takes: 'list',
    description: 'only requests to this host, as in shop.test or shop.test:8080; may be repeated',
  },
  labelBy: {
    argument: 'parts',
    takes: 'list',
    description:
      'what labels are made of: host, path (its first part) and method, as in "path,method"; ' +
      'for ftw class, rule and level are added, as in "class,level": attack-sqli-pl2',
  },
  rules: {
    argument: 'folder',
    takes: 'text',
    formats: ['ftw'],
    description: 'ftw: the folder of the rules, which have the paranoia levels',
  },
  logFormat: {
    argument: 'format',
    takes: 'text',
    formats: ['access-log'],
    description: "access logs: a name, or a line in nginx's or Apache's notation (default: recognised)",
  },
  fields: {
    argument: 'pairs',
    takes: 'pairs',
    formats: ['access-log'],
    description: 'access logs in JSON: where the fields are, for example "method=req.method,path=req.url"',
  },
  from: {
    argument: 'time',
    takes: 'text',
    description: 'only requests from this time on, for example 2026-03-01T10:00:00Z',
  },
  to: { argument: 'time', takes: 'text', description: 'only requests before this time' },
  exact: {
    argument: null,
    takes: 'switch',
    formats: EXACT_FORMATS,
    description: 'keep every byte, even if the request contradicts itself (http, gor, burp)',
  },
  strict: { argument: null, takes: 'switch', description: 'the first malformed entry is an error' },
  keepSecrets: { argument: null, takes: 'switch', description: 'do not mask passwords, tokens and cookies' },
  mask: { argument: 'name', takes: 'list', description: 'mask the values of this name too; may be repeated' },
  keep: { argument: 'name', takes: 'list', description: 'do not mask the values of this name; may be repeated' },
};

export const CHOICE_KEYS = Object.keys(IMPORT_CHOICES) as readonly (keyof StatedChoices)[];

/** `labelBy` → `--label-by` */
export const choiceFlag = (key: string): string => `--${key.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

/** A choice that cannot be used, or that would do nothing. */
export interface ChoiceFault {
  readonly key: keyof StatedChoices;
  readonly message: string;
  readonly hint: string;
}

const HOST = /^(?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?$/;

/** Everything that is wrong with the choices for a format. */
export function choiceFaults(format: ImportFormat, stated: StatedChoices): ChoiceFault[] {
  const faults: ChoiceFault[] = [];
  const wrong = (key: keyof StatedChoices, message: string, hint: string): void =>
    void faults.push({ key, message, hint });
  for (const key of CHOICE_KEYS) {
    const { formats } = IMPORT_CHOICES[key];
    const value = stated[key];
    if (formats !== undefined && !formats.includes(format) && value !== undefined && value !== null && value !== false)
      wrong(key, `has no effect with the format "${format}"`, `it is for: ${formats.join(', ')}`);
  }
  for (const key of ['mask', 'keep'] as const)
    if (stated[key] !== undefined && (stated.keepSecrets === true || format === 'ftw'))
      wrong(
        key,
        'has no effect if nothing is masked',
        format === 'ftw'
          ? 'tests of a rule set are never masked'
          : 'secrets are kept as they are; state one of the two',
      );
  for (const [key, hosts] of [
    ['host', stated.host ?? []],
    ['onlyHost', stated.onlyHost ?? []],
  ] as const)
    for (const host of [hosts].flat())
      if (!HOST.test(host))
        wrong(
          key,
          `${JSON.stringify(host)} cannot be used`,
          'a host is a name or an address, with or without a port: waf.test:8080',
        );
  for (const key of ['from', 'to'] as const)
    if (stated[key] !== undefined && choiceTime(stated[key]) === null)
      wrong(
        key,
        `${JSON.stringify(stated[key])} is not a time`,
        'write a time like 2026-03-01T10:00:00Z or 2026-03-01T10:00:00+02:00; without a zone it is UTC',
      );
  return [...faults, ...labelFaults(format, stated), ...fieldFaults(stated)];
}

function labelFaults(format: ImportFormat, { labelBy = [], rules }: StatedChoices): ChoiceFault[] {
  const known: readonly string[] = format === 'ftw' ? [...RULE_PARTS, ...REQUEST_PARTS] : REQUEST_PARTS;
  const unknown = labelBy.find((part) => !known.includes(part));
  if (unknown !== undefined)
    return [{ key: 'labelBy', message: `does not know "${unknown}"`, hint: `it knows: ${known.join(', ')}` }];
  return labelBy.includes('level') === (rules !== undefined) || format !== 'ftw'
    ? []
    : [
        {
          key: 'labelBy',
          message: 'with "level" and the rules must be used together',
          hint: 'the paranoia level of a rule is in the rules: --rules coreruleset/rules',
        },
      ];
}

function fieldFaults({ fields, logFormat }: StatedChoices): ChoiceFault[] {
  if (fields === undefined) return [];
  if (logFormat !== undefined && logFormat !== null && logFormat !== 'json')
    return [{ key: 'fields', message: 'goes with no other log format than json', hint: 'leave one of the two out' }];
  const bad = Object.entries(fields).find(([name, path]) => path === '' || !isLogField(name));
  return bad === undefined
    ? []
    : [
        {
          key: 'fields',
          message: `cannot use ${JSON.stringify(`${bad[0]}=${bad[1]}`)}`,
          hint: `write pairs like method=req.method; the fields are path, header:NAME, ${LOG_FIELDS.join(', ')}`,
        },
      ];
}

const isLogField = (name: string): boolean =>
  name === 'path' || LOG_FIELDS.some((known) => known === name) || /^header:[A-Za-z0-9_-]+$/.test(name);

/** Which field of a request is where. `path` is another name for `target`. */
export function logFieldsOf({ fields = {} }: StatedChoices): ReadonlyMap<string, string> {
  return new Map(Object.entries(fields).map(([name, path]) => [name === 'path' ? 'target' : name, path]));
}

const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?)?$/;

/**
 * Milliseconds since 1970; null if the text is not a time. A time without a zone is UTC, because logs of several
 * machines have no common local time.
 */
export function choiceTime(text: string | undefined): number | null {
  const matched = text === undefined ? null : TIME.exec(text);
  if (text === undefined || matched === null) return null;
  const zone = matched[1] === undefined && text.length > 10 ? 'Z' : '';
  const time = Date.parse(`${text.replace(' ', 'T')}${zone}`);
  return Number.isNaN(time) ? null : time;
}
