import type { FaultKind, InputFault } from '../model/index.js';
import type { YamlSource } from '../yaml/index.js';

/** Something wrong with a value of the scenario, before its place in the file is known. */
export interface Problem {
  readonly kind: FaultKind;
  readonly path: readonly PropertyKey[];
  /** The key itself is wrong, not its value. */
  readonly key?: string;
  readonly message: string;
  readonly hint?: string | null;
  /** SCENARIO_INVALID if absent. */
  readonly code?: InputFault['code'];
  /** An error if absent. */
  readonly severity?: InputFault['severity'];
}

/** A problem with its place in the file it was written in. */
export function faultOf({ kind, code, path, key, message, hint, severity }: Problem, source: YamlSource): InputFault {
  const where = path.length > 0 ? `${path.map(String).join('.')}: ` : '';
  return {
    code: code ?? 'SCENARIO_INVALID',
    kind,
    severity: severity ?? 'error',
    message: `${where}${message}`,
    hint: hint ?? null,
    place: source.place(path, key),
  };
}
