import { shownName, type ArmNow } from './arm-view.js';

const OUR_LABEL = 'io.slopegate';

/** Replaces names on the daemon by names of the compose file. */
export type Rename = (text: string) => string;

/**
 * All names on the daemon begin with the name of the arm's project, which no text contains by chance. So they are
 * replaced everywhere: in names, paths of volumes, messages.
 */
export function renaming({ view, containers }: Omit<ArmNow, 'execs'>): Rename {
  const names = new Map([
    ...Object.entries(view.networks),
    ...Object.entries(view.volumes),
    ...containers.map(({ name, service, number }) => [name, shownName(view, service, number)] as const),
    [view.project.real, view.project.shown] as const,
  ]);
  // The longest first, because all others begin with the name of the project.
  const known = [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.\\+*?()[\]^$|{}]/g, '\\$&'));
  const pattern = new RegExp(known.join('|'), 'g');
  return (text) => text.replace(pattern, (name) => names.get(name) ?? name);
}

/** The same for every text of a JSON value, including names of fields. Our own labels are left out. */
export function renamed(value: unknown, rename: Rename): unknown {
  if (typeof value === 'string') return rename(value);
  if (Array.isArray(value)) return value.map((item) => renamed(item, rename));
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([key]) => !key.startsWith(OUR_LABEL));
  return Object.fromEntries(fields.map(([key, item]) => [rename(key), renamed(item, rename)]));
}
