import type { Environment } from '../compose/run.js';
import { SlopegateError } from '../model/index.js';

/** Fills templates, and remembers the secrets. */
export interface Vault {
  /** Fills in `${env:NAME}` from the environment and `{{name}}` from captured values. */
  readonly fill: (text: string, captured?: ReadonlyMap<string, string>) => string;
  /** Remembers a value as a secret. */
  readonly keep: (value: string) => void;
  /** A text that may be shown: every secret in it is replaced by `***`. */
  readonly mask: (text: string) => string;
}

const TEMPLATE = /\$\{env:([A-Za-z_]\w*)\}|\{\{\s*(\w+)\s*\}\}/g;
/** Shorter values are not secrets, and masking them would make every text unreadable. */
const SHORTEST_SECRET = 4;

export function createVault(env: Environment): Vault {
  const secrets = new Set<string>();
  const keep = (value: string): void => {
    if (value.length < SHORTEST_SECRET) return;
    for (const form of [
      value,
      encodeURIComponent(value),
      JSON.stringify(value).slice(1, -1),
      Buffer.from(value).toString('base64'),
    ])
      secrets.add(form);
  };
  return {
    keep,
    fill: (text, captured = new Map()) =>
      text.replace(TEMPLATE, (template, variable: string | undefined, name: string | undefined) => {
        if (variable === undefined) return captured.get(name ?? '') ?? template;
        const value = env[variable];
        if (value === undefined || value === '') {
          throw new SlopegateError(
            'SCENARIO_INVALID',
            `The scenario uses the environment variable ${variable}, which is not set.`,
            { hint: `Set it for this command: ${variable}=… slopegate run …. Its value is never written down.` },
          );
        }
        keep(value);
        return value;
      }),
    mask: (text) =>
      [...secrets].sort((a, b) => b.length - a.length).reduce((shown, secret) => shown.replaceAll(secret, '***'), text),
  };
}
