import type * as z from 'zod';
import { SlopegateError, type Acceptance, type InputFault, type Scenario } from '../model/index.js';
import { acceptancesSchema } from '../schema/index.js';
import { parseYaml, readText, type YamlSource } from '../yaml/index.js';
import { inOrder, type Inspected } from './inspect.js';
import { faultOf, type Problem } from './problem.js';
import { KINDS } from './schema-problems.js';
import { meantValue, schemaWords } from './schema-words.js';

const HINT = 'each entry has finding, reason, owner, expires, and a service unless the finding is about the whole run';

/** The scenario with the accepted findings of the file that `gate.accept` names. */
export async function withAcceptances(inspected: Inspected): Promise<Inspected> {
  const { sound, source, scenario } = inspected;
  const file = sound.gate?.accept;
  if (file === undefined) return inspected;
  const read = await readAcceptances(file, source);
  if ('faults' in read) return { ...inspected, scenario: null, faults: inOrder([...inspected.faults, ...read.faults]) };
  return { ...inspected, scenario: scenario === null ? null : accepting(scenario, read.accepted) };
}

const accepting = (scenario: Scenario, accepted: readonly Acceptance[]): Scenario => ({
  ...scenario,
  gate: { ...scenario.gate, accepted },
});

type Read = { readonly accepted: readonly Acceptance[] } | { readonly faults: readonly InputFault[] };

async function readAcceptances(file: string, scenario: YamlSource): Promise<Read> {
  const text = await readText(file, 'SCENARIO_INVALID').catch(
    (cause: unknown) => new SlopegateError('SCENARIO_INVALID', `cannot read ${file}`, { cause }),
  );
  if (text instanceof SlopegateError) {
    const hint = 'the path is relative to the folder of the scenario file';
    const message = `${text.message}${text.reason === null ? '' : `: ${text.reason}`}`;
    return { faults: [faultOf({ kind: 'file-unreadable', path: ['gate', 'accept'], message, hint }, scenario)] };
  }
  if ('fault' in text) return { faults: [text.fault] };
  const source = parseYaml(text.text, file, 'SCENARIO_INVALID');
  if (source.faults.some(({ severity }) => severity === 'error')) return { faults: source.faults };
  const parsed = acceptancesSchema.safeParse(source.value, { error: schemaWords, reportInput: true });
  const problems = parsed.success ? twice(parsed.data) : parsed.error.issues.flatMap(problemsOf);
  if (!parsed.success || problems.length > 0)
    return { faults: inOrder(problems.map((problem) => faultOf(problem, source))) };
  return { accepted: parsed.data.map(({ service = null, ...entry }) => ({ ...entry, service })) };
}

/** Of two entries for the same finding only one can count, and nobody knows which. */
function twice(entries: z.output<typeof acceptancesSchema>): readonly Problem[] {
  return entries.flatMap(({ finding, service }, index) =>
    entries.findIndex((other) => other.finding === finding && other.service === service) < index
      ? [
          {
            kind: 'value-refused' as const,
            path: [index],
            message: `${finding} is accepted twice for the same service`,
            hint: 'remove one entry',
          },
        ]
      : [],
  );
}

function problemsOf(issue: z.core.$ZodIssue): readonly Problem[] {
  const { path } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({
      kind: 'unknown-key' as const,
      path,
      key,
      message: `unknown key "${key}"`,
      hint: HINT,
    }));
  const meant = issue.code === 'invalid_value' ? meantValue(issue.input, issue.values) : null;
  const kind = issue.input === undefined ? 'missing-key' : (KINDS[issue.code] ?? 'value-refused');
  return [{ kind, path, message: issue.message, hint: meant === null ? HINT : `did you mean "${meant}"?` }];
}
