import type { ShownArm } from '../arms/index.js';
import type { ArmDifference } from '../model/index.js';
import { describeDifference, kindName } from '../words/differences.js';
import {
  tellChange,
  tellRefusal,
  tellUnknown,
  type WordedChange,
  type WordedRefusal,
  type WordedUnknown,
} from '../words/isolation.js';

/** An arm with the words of its changes, its refusals and what is not known of it. */
export type WordedArm = Omit<ShownArm, 'changes' | 'refusals' | 'notes'> & {
  readonly changes: readonly WordedChange[];
  readonly refusals: readonly WordedRefusal[];
  readonly notes: readonly WordedUnknown[];
};

/** An arm with its words: each code and its facts stay beside them. */
export function tellArm({ changes, refusals, notes, ...arm }: ShownArm): WordedArm {
  return {
    ...arm,
    changes: changes.map(tellChange),
    refusals: refusals.map(tellRefusal),
    notes: notes.map(tellUnknown),
  };
}

/** One arm in three parts: what prevents its start, what its author must know, and what is changed in it. */
export function describeArm(shown: ShownArm, all: boolean): string {
  const { arm, changes, refusals, notes, model } = tellArm(shown);
  const names = Object.keys(model.services);
  const known = changes.filter(({ mustKnow }) => mustKnow === true);
  const done = changes.filter(({ mustKnow }) => mustKnow !== true);
  const lines = [
    `${arm}: ${names.length} service${names.length === 1 ? '' : 's'} (${names.join(', ')})`,
    ...part('Refused: the arm is not started', refusals.map(refusal)),
    ...part('You must know', [...groupsOf(known, names).map(group), ...notes.map(({ sentence }) => sentence)]),
    ...part('Done', all ? done.map(({ path, what }) => `${path}: ${what}`) : groupsOf(done, names).map(summary)),
  ];
  if (refusals.length + known.length + done.length + notes.length === 0) lines.push('  It starts without any change.');
  return `${lines.join('\n')}\n`;
}

/** The differences between the arms, by kind; says so if there are none. */
export function describeDifferences(differences: readonly ArmDifference[]): string {
  if (differences.length === 0) return 'The arms are the same: images, settings and files do not differ.\n';
  const kinds = [...new Set(differences.map(({ kind }) => kind))];
  const lines = kinds.flatMap((kind) => [
    `${kindName(kind)}:`,
    ...differences.filter((found) => found.kind === kind).map((found) => `  ${describeDifference(found)}`),
  ]);
  return `${lines.join('\n')}\n`;
}

function part(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`  ${title} (${lines.length})`, ...lines.map((line) => `    ${line}`)];
}

function refusal({ path, what, allow, service, mount }: WordedRefusal): string {
  const ways = [
    ...(mount === undefined ? [] : [`remove the mount: without: ["${mount}"] in the arm`]),
    ...(service === undefined ? [] : [`remove the service: omit: [${service}] in the arm`]),
    ...(allow === null ? [] : [`allow it: stack.allow: [${allow}]`]),
  ];
  return [`${path}: ${what}`, ...ways.map((way) => `      → ${way}`)].join('\n');
}

/** Changes of one key of a service, or of one place elsewhere in the model. */
interface Group {
  readonly key: string;
  readonly services: readonly string[];
  readonly changes: readonly WordedChange[];
}

/** Changes with the same text and the same key form one group. Without `what`, all changes of a key form one. */
function groupsOf(changes: readonly WordedChange[], names: readonly string[]): Group[] {
  const groups = new Map<string, { key: string; services: string[]; changes: WordedChange[] }>();
  for (const change of changes) {
    const service = names
      .filter((name) => change.path.startsWith(`services.${name}.`))
      .reduce<string | null>((longest, name) => (name.length > (longest?.length ?? 0) ? name : longest), null);
    const rest = service === null ? change.path : change.path.slice(`services.${service}.`.length);
    // A change that the user must know is shown with its exact place.
    const isWhole = service === null || change.mustKnow === true;
    const key = isWhole ? rest : (rest.split('.')[0] ?? rest);
    const id = JSON.stringify([key, change.mustKnow === true ? change.what : '']);
    const group = groups.get(id) ?? { key, services: [], changes: [] };
    groups.set(id, group);
    if (service !== null && !group.services.includes(service)) group.services.push(service);
    group.changes.push(change);
  }
  return [...groups.values()];
}

function group({ key, services, changes: [first] }: Group): string {
  const place = services.length === 0 ? key : `${services.join(', ')} ${key}`;
  return `${place}: ${first?.what ?? ''}${first?.fix === undefined ? '' : `\n      → ${first.fix}`}`;
}

const MOST_NAMES = 4;

function summary({ key, services, changes }: Group): string {
  const [first] = changes;
  const shown = services.slice(0, MOST_NAMES).join(', ');
  const more = services.length > MOST_NAMES ? ` and ${services.length - MOST_NAMES} more` : '';
  const place = services.length === 0 ? '' : ` (${shown}${more})`;
  const isOne = changes.every(({ what }) => what === first?.what);
  return isOne
    ? `${key}${place}: ${first?.what ?? ''}`
    : `${key}${place}: ${changes.length} changes, for example: ${first?.what ?? ''}`;
}
