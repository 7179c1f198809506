import { shownName, type ArmNow } from './arm-view.js';

const OUR_LABEL = 'io.slopegate';

/** Puts the names of the compose file in place of those on the daemon. */
export type Rename = (text: string) => string;

/**
 * The names on the daemon all begin with the name of the arm's project, which no text holds by chance. So they are
 * replaced wherever they stand: in names, paths of volumes, messages.
 */
export function renaming({ view, containers }: Omit<ArmNow, 'execs'>): Rename {
  const names = new Map([
    ...Object.entries(view.networks),
    ...Object.entries(view.volumes),
    ...containers.map(({ name, service, number }) => [name, shownName(view, service, number)] as const),
    [view.project.real, view.project.shown] as const,
  ]);
  // The longest first: the name of the project begins all others.
  const known = [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.\\+*?()[\]^$|{}]/g, '\\$&'));
  const pattern = new RegExp(known.join('|'), 'g');
  return (text) => text.replace(pattern, (name) => names.get(name) ?? name);
}

/** The same for every text of a JSON value, names of fields among them; our own labels are left out. */
export function renamed(value: unknown, rename: Rename): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([key]) => !key.startsWith(OUR_LABEL));
  return Object.fromEntries(fields.map(([key, item]) => [rename(key), renamed(item, rename)]));
}
