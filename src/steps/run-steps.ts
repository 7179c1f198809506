import { captureAll, SlopegateError, type Endpoint, type StepOutput, type Step } from '../model/index.js';
import { call, fault } from './call.js';
import type { StepContext } from './context.js';
import { execIn } from './exec.js';
import { restartService } from './restart.js';
import { sendSignal } from './signal.js';
import { waitAnswer, waitHealthy, waitLog, waitPort } from './waits.js';

/** Does the steps one after the other. STEP_FAILED names the first one that fails. */
export async function runSteps(context: StepContext, steps: readonly Step[], file: string): Promise<void> {
  for (const [index, step] of steps.entries())
    await doStep(context, step, `Step ${index + 1} of ${steps.length} (${step.name})`, file);
}

/** Does one step. `title` is its name in errors. Captured values are secrets. @throws SlopegateError STEP_FAILED */
export async function doStep(context: StepContext, step: Step, title: string, file: string): Promise<void> {
  const deadline = AbortSignal.timeout(step.timeoutSeconds * 1000);
  try {
    const output = await runStep(context, step, deadline);
    if (output === null || !('capture' in step)) return;
    for (const [name, value] of captureAll(step.capture, output)) {
      context.vault.keep(value);
      context.captured.set(name, value);
    }
  } catch (cause) {
    context.signal.throwIfAborted();
    if (cause instanceof SlopegateError) throw cause;
    const late = deadline.aborted ? ` within ${step.timeoutSeconds} s` : '';
    throw new SlopegateError(
      'STEP_FAILED',
      context.vault.mask(`${title} did not succeed${late}: ${(cause as Error).message}`),
      { location: file },
    );
  }
}

async function runStep(context: StepContext, step: Step, deadline: AbortSignal): Promise<StepOutput | null> {
  const limited = AbortSignal.any([context.signal, deadline]);
  if (step.kind === 'signal') await sendSignal(context, step.service, step.signal);
  if (step.kind === 'restart') await restartService(context, step.service);
  if (step.kind === 'exec') return execIn(context, step.service, step.command, step.user, limited);
  if (step.kind === 'http') {
    for (let n = 1; ; n += 1) {
      context.captured.set('n', String(n));
      const reply = await call(context, step.request, limited);
      const problem = fault(reply, step.request);
      if (problem !== null) throw new Error(problem);
      if (n >= step.repeat) return reply;
    }
  }
  if (step.kind === 'healthy') await waitHealthy(context, step.service, deadline);
  else if (step.kind === 'port') await waitPort(context, step.endpoint, deadline);
  else if (step.kind === 'log') await waitLog(context, step.service, step.pattern, deadline);
  else if (step.kind === 'answer') await waitAnswer(context, step.request, deadline);
  return null;
}

/** Ports that the steps must reach, and services for whose health they wait. */
export function needsOf(steps: readonly Step[]): {
  readonly endpoints: readonly Endpoint[];
  readonly awaited: readonly string[];
  readonly services: readonly string[];
} {
  const endpoints = steps.flatMap((step) =>
    step.kind === 'port' ? [step.endpoint] : 'request' in step ? [step.request.endpoint] : [],
  );
  const awaited = steps.flatMap((step) => (step.kind === 'healthy' ? [step.service] : []));
  const services = steps.flatMap((step) =>
    'service' in step
      ? [step.service]
      : step.kind === 'port'
        ? [step.endpoint.service]
        : [step.request.endpoint.service],
  );
  return { endpoints, awaited, services };
}
