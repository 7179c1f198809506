import { isSecretName, MASKED, maskSecrets, type Scenario, type Step, type StepBody } from '../model/index.js';

/** `--token=abc`, `API_KEY=abc`: a name and its value in one argument. */
const ASSIGNMENT = /^(-{0,2}[\w.-]+)=(.+)$/s;
const OPTION = /^-{1,2}([\w.-]+)$/;
/** The value is captured or read from the environment when the step runs. The text only says where it comes from. */
const REFERENCE = /\{\{[^}]+\}\}|\$\{env:/;

/**
 * The steps and actions of a scenario as they may be shown: values whose names say that they are secrets are masked.
 */
export function withShownSteps(scenario: Scenario): Scenario {
  const { arms, stack, experiment } = scenario;
  const shownOf = <T extends Scenario['arms']['baseline']>(arm: T): T => ({
    ...arm,
    ...(arm.steps && { steps: arm.steps.map(shownStep) }),
    ...(arm.upgraded && { upgraded: arm.upgraded.map(shownStep) }),
  });
  return {
    ...scenario,
    arms: { baseline: shownOf(arms.baseline), candidate: shownOf(arms.candidate) },
    stack: { ...stack, ...(stack.steps && { steps: stack.steps.map(shownStep) }) },
    experiment: {
      ...experiment,
      ...(experiment.actions && {
        actions: experiment.actions.map((action) => ({ ...action, step: shownStep(action.step) })),
      }),
    },
  };
}

function shownStep(step: Step): Step {
  if (step.kind === 'exec') return { ...step, command: shownCommand(step.command) };
  if (step.kind !== 'answer' && step.kind !== 'http') return step;
  const { headers, body } = step.request;
  return { ...step, request: { ...step.request, headers: shownTexts(headers), body: body && shownBody(body) } };
}

/** `["curl", "--token", "abc"]` → `["curl", "--token", "***"]` */
function shownCommand(command: readonly string[]): string[] {
  return command.map((argument, place) => {
    const option = OPTION.exec(command[place - 1] ?? '')?.[1];
    if (option !== undefined && isSecretName(option) && !REFERENCE.test(argument)) return MASKED;
    const [, name, value] = ASSIGNMENT.exec(argument) ?? [];
    if (name === undefined || value === undefined || !isSecretName(name) || REFERENCE.test(value)) return argument;
    return `${name}=${MASKED}`;
  });
}

function shownBody(body: StepBody): StepBody {
  if (body.kind === 'form') return { ...body, fields: shownTexts(body.fields) };
  return body.kind === 'json' ? { ...body, value: shownValue(body.value) } : body;
}

function shownTexts(texts: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const shown = maskSecrets(texts);
  return Object.fromEntries(
    Object.entries(texts).map(([name, text]) => [name, REFERENCE.test(text) ? text : (shown[name] ?? text)]),
  );
}

function shownValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shownValue);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inside]) => {
      const isText = typeof inside === 'string' || typeof inside === 'number';
      const hides = isText && inside !== '' && isSecretName(name) && !REFERENCE.test(String(inside));
      return [name, hides ? MASKED : shownValue(inside)];
    }),
  );
}
