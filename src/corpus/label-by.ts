import { REQUEST_PARTS, type LabelPart } from '../model/index.js';
import { valueOf, type RequestParts } from '../requests/index.js';

/** More labels than this do not help. Later ones become `other`. */
const MOST_LABELS = 50;

/** The host of a request, without a port; empty if it has none. */
function hostOf(parts: RequestParts): string {
  return (valueOf(parts.headers, 'host') ?? '').trim().toLowerCase().replace(/:\d+$/, '');
}

/** Whether a request is for one of the hosts. The port counts only if one is stated. */
export function isFor(parts: RequestParts, hosts: readonly string[]): boolean {
  const whole = (valueOf(parts.headers, 'host') ?? '').trim().toLowerCase();
  const host = hostOf(parts);
  return hosts.some((wanted) => wanted.toLowerCase() === whole || wanted.toLowerCase() === host);
}

/**
 * Makes labels from the host, the first part of the path and the method, after the label of the format: `GET
 * /api/v1/users?x=1` → `api`, or with the method `api-GET`.
 */
export function createLabelling(
  labelBy: readonly LabelPart[],
): (parts: RequestParts, label: string | null) => string | null {
  const asked = labelBy.filter((part) => REQUEST_PARTS.some((known) => known === part));
  const known = new Set<string>();
  if (asked.length === 0) return (_, label) => label;
  return (parts, label) => {
    const named = asked.map((part) => cleaned(PARTS[part as (typeof REQUEST_PARTS)[number]](parts)));
    const whole = [...(label === null ? [] : [label]), ...named].join('-');
    if (known.size < MOST_LABELS) known.add(whole);
    return known.has(whole) ? whole : 'other';
  };
}

const PARTS: Readonly<Record<(typeof REQUEST_PARTS)[number], (parts: RequestParts) => string>> = {
  host: (parts) => hostOf(parts) || 'no-host',
  path: ({ target }) => /^(?:[a-z][\w+.-]*:\/\/[^/?#]*)?\/*([^/?#;]+)/i.exec(target)?.[1] ?? 'root',
  method: ({ method }) => method,
};

/** Characters of a label: letters, digits, dots, dashes and underscores. */
const cleaned = (text: string): string =>
  text
    .slice(0, 40)
    .replace(/[^A-Za-z0-9_.-]+/g, '-')
    .replace(/^[^A-Za-z0-9]+/, '') || 'odd';
