import { isTls } from './understand.js';
import { quoted, type VersionedArms } from './versions.js';

/** What a new scenario says. */
export interface Written {
  readonly name: string;
  /** Relative to the scenario's folder. */
  readonly compose: readonly string[];
  readonly versions: VersionedArms;
  readonly baseline: string;
  readonly candidate: string;
  readonly entry: { readonly service: string; readonly port: number };
  readonly unjudged: readonly string[];
  readonly origin: boolean;
  /** The user's own recorded traffic; null if requests are invented. */
  readonly recorded: { readonly format: string; readonly path: string } | null;
}

/** The text of a scenario file. */
export function scenarioText(written: Written): string {
  const { name, compose, versions, baseline, candidate, entry, unjudged, origin } = written;
  const files = `compose: [${compose.map(quoted).join(', ')}]`;
  const arm = (version: string): string =>
    `{ label: ${quoted(versions.label(version))}, ${files}, ${versions.arm(version)} }`;
  return `# yaml-language-server: $schema=./scenario.schema.json
slopegate: 1
name: ${name}

arms:
  baseline: ${arm(baseline)}
  candidate: ${arm(candidate)}

stack:
  entry: ${entry.service}:${entry.port}
${origin ? '  origin: origin:9090\n' : ''}  # The request that must be answered before a version counts as up.
  ready: { path: /, status: 200 }
${unjudged.length === 0 ? '' : `  unjudged: [${unjudged.map(quoted).join(', ')}]\n`}
${trafficText(written)}
experiment: { preset: gate }
gate: { margin: 32 B/request }
`;
}

function trafficText({ recorded, entry }: Written): string {
  const tls = isTls(entry.port) ? '  tls: true\n' : '';
  const rate = '  rate: { upTo: 75/s } # requests/s to each version; less if this host does not keep it\n';
  if (recorded !== null)
    return `traffic:
${rate}${tls}  sources:
    - { import: ${recorded.format}, paths: [${quoted(recorded.path)}] }\n`;
  return `# Put your own traffic here: "slopegate init --traffic access.log", or docs/traffic.md.
traffic:
${rate}${tls}  fields: { page: { hex: 16, cardinality: 1000000 }, client: { ipv4: 100000 } }
  mix:
    - { label: browse, weight: 9, request: "GET /?page={page}", headers: { X-Forwarded-For: "{client}" } }
  sources:
    - { library: attacks, weight: 1 }
`;
}
