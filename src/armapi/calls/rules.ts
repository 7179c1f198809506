import type { ArmNow } from './arm-view.js';
import { isNamePattern, type Filters } from './filters.js';
import { renamed, renaming } from './names.js';
import { presentContainer, presentEvent, presentInfo, presentList, presentNetworks } from './present.js';

/**
 * The form of the answer. `whole`: one JSON value, rewritten. `lines`: JSON values as they come, rewritten, or left out
 * if the result is null. `bytes`: unchanged. `stream`: a connection in both directions, if the client asks for one.
 */
export type Answer =
  | { readonly kind: 'whole'; readonly rewrite: (value: unknown) => unknown }
  | { readonly kind: 'lines'; readonly rewrite: (value: unknown) => unknown }
  | { readonly kind: 'bytes' }
  | { readonly kind: 'stream' }
  /** The id of a command that was made. */
  | { readonly kind: 'exec' };

/** A call that is understood: what it may contain and how it is done. */
export interface Rule {
  /** Query parameters that are passed on, and their allowed values. */
  readonly query: Readonly<Record<string, RegExp>>;
  /** Filters that are understood. */
  readonly filters?: readonly string[];
  /** Fields of the body that are passed on, and their allowed values. A call without them has no body. */
  readonly body?: Readonly<Record<string, (value: unknown) => boolean>>;
  /** Whether it changes something in the arm. The report then names it. */
  readonly acts?: boolean;
  /** Query parameters that are applied to the answer here, and not by the daemon. */
  readonly appliedHere?: readonly string[];
  /** Parameters that are added to the request to the daemon. */
  readonly instead?: (ownLabels: readonly string[]) => Readonly<Record<string, string>>;
  readonly answer: (arm: ArmNow, query: ReadonlyMap<string, string>, filters: Filters) => Answer;
}

const BOOLEAN = /^(?:|0|1|true|false|True|False)$/;
const NUMBER = /^-?\d{1,9}$/;
const TIME = /^(?:|[\w.:+-]{1,40})$/;
const SIGNAL = /^[\w+-]{1,20}$/;
const KEYS = /^[\w,@^[\]\\-]{0,40}$/;

const isText = (value: unknown): boolean => typeof value === 'string';
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';
const isTexts = (value: unknown): boolean => value === null || (Array.isArray(value) && value.every(isText));
const isSize = (value: unknown): boolean =>
  value === null || (Array.isArray(value) && value.length === 2 && value.every((one) => typeof one === 'number'));
const isNothing = (value: unknown): boolean => value === false || value === null || value === '';

const bytes = (): Answer => ({ kind: 'bytes' });
const stream = (): Answer => ({ kind: 'stream' });
const renamedWhole = (arm: ArmNow): Answer => {
  const rename = renaming(arm);
  return { kind: 'whole', rewrite: (value) => renamed(value, rename) };
};

const isOn = (text: string | undefined): boolean => text !== undefined && /^(?:1|true)$/i.test(text);

/** The daemon is asked for the arm only. The caller's filters are applied to the answer. */
const ofTheArm = (ownLabels: readonly string[]): Readonly<Record<string, string>> => ({
  filters: JSON.stringify({ label: ownLabels }),
});

const act = (query: Rule['query'] = {}): Rule => ({ query, acts: true, answer: bytes });

/**
 * Every call that an arm may make: method and path. `{container}`, `{exec}` and `{network}` must be its own. A call
 * that is not listed is refused.
 */
export const RULES: Readonly<Record<string, Rule>> = {
  'GET _ping': { query: {}, answer: bytes },
  'HEAD _ping': { query: {}, answer: bytes },
  'GET version': { query: {}, answer: bytes },
  'GET info': {
    query: {},
    answer: ({ view, containers }) => ({ kind: 'whole', rewrite: (value) => presentInfo(value, view, containers) }),
  },
  'GET containers/json': {
    query: { all: BOOLEAN, limit: NUMBER, size: BOOLEAN, trunc_cmd: BOOLEAN },
    filters: ['id', 'label', 'name', 'network', 'status'],
    appliedHere: ['all', 'limit', 'trunc_cmd'],
    instead: (ownLabels) => ({ ...ofTheArm(ownLabels), all: '1' }),
    answer: (arm, query, filters) => {
      const wanted = { all: isOn(query.get('all')), limit: Number(query.get('limit') ?? 0), filters };
      const rename = renaming(arm);
      return { kind: 'whole', rewrite: (value) => presentList(value, arm.view, rename, wanted) };
    },
  },
  'GET containers/{container}/json': {
    query: { size: BOOLEAN },
    answer: (arm) => {
      const rename = renaming(arm);
      return { kind: 'whole', rewrite: (value) => presentContainer(value, arm.view, rename) };
    },
  },
  'GET containers/{container}/logs': {
    query: {
      details: BOOLEAN,
      follow: BOOLEAN,
      since: TIME,
      stderr: BOOLEAN,
      stdout: BOOLEAN,
      tail: /^(?:|all|\d{1,9})$/,
      timestamps: BOOLEAN,
      until: TIME,
    },
    answer: bytes,
  },
  'GET containers/{container}/stats': {
    query: { 'one-shot': BOOLEAN, stream: BOOLEAN },
    answer: (arm) => {
      const rename = renaming(arm);
      return { kind: 'lines', rewrite: (value) => renamed(value, rename) };
    },
  },
  'GET containers/{container}/top': { query: { ps_args: /^(?:|-ef|aux)$/ }, answer: bytes },
  'GET containers/{container}/changes': { query: {}, answer: bytes },
  'POST containers/{container}/start': act({ detachKeys: KEYS }),
  'POST containers/{container}/stop': act({ signal: SIGNAL, t: NUMBER }),
  'POST containers/{container}/restart': act({ signal: SIGNAL, t: NUMBER }),
  'POST containers/{container}/kill': act({ signal: SIGNAL }),
  'POST containers/{container}/pause': act(),
  'POST containers/{container}/unpause': act(),
  'POST containers/{container}/wait': { query: { condition: /^[\w-]{0,20}$/ }, answer: bytes },
  'POST containers/{container}/resize': { query: { h: NUMBER, w: NUMBER }, answer: bytes },
  'POST containers/{container}/attach': {
    query: { detachKeys: KEYS, logs: BOOLEAN, stderr: BOOLEAN, stdin: BOOLEAN, stdout: BOOLEAN, stream: BOOLEAN },
    answer: stream,
  },
  'POST containers/{container}/exec': {
    query: {},
    body: {
      AttachStderr: isBoolean,
      AttachStdin: isBoolean,
      AttachStdout: isBoolean,
      Cmd: isTexts,
      Container: isText,
      ConsoleSize: isSize,
      Detach: isBoolean,
      DetachKeys: isText,
      Env: isTexts,
      Privileged: isNothing,
      Tty: isBoolean,
      User: isText,
      WorkingDir: isText,
    },
    acts: true,
    answer: () => ({ kind: 'exec' }),
  },
  'POST exec/{exec}/start': {
    query: {},
    body: { ConsoleSize: isSize, Detach: isBoolean, Tty: isBoolean },
    answer: stream,
  },
  'POST exec/{exec}/resize': { query: { h: NUMBER, w: NUMBER }, answer: bytes },
  'GET exec/{exec}/json': { query: {}, answer: bytes },
  'GET events': {
    query: { since: TIME, until: TIME },
    filters: ['container', 'event', 'image', 'label', 'type'],
    instead: ofTheArm,
    answer: (arm, _query, filters) => {
      const rename = renaming(arm);
      return { kind: 'lines', rewrite: (value) => presentEvent(value, arm.view, rename, filters) };
    },
  },
  'GET networks': {
    query: {},
    filters: ['id', 'name'],
    instead: ofTheArm,
    answer: (arm, _query, filters) => {
      const rename = renaming(arm);
      return { kind: 'whole', rewrite: (value) => presentNetworks(value, arm.view, rename, filters) };
    },
  },
  'GET networks/{network}': {
    query: { scope: /^(?:|local)$/, verbose: BOOLEAN },
    answer: renamedWhole,
  },
};

/** Filters of the list of containers that Docker reads as patterns. */
export function isUnderstoodFilter(key: string, texts: readonly string[]): boolean {
  return key !== 'name' || texts.every(isNamePattern);
}
