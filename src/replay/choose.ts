import type { EngineChoice, Replayer, Schedule, Trace } from '../model/index.js';
import { createAutocannonReplayer } from './autocannon/engine.js';
import { createWireReplayer } from './wire/engine.js';

export interface ReplayerOptions {
  readonly engine: EngineChoice;
  readonly schedule: Schedule;
}

/** The engine that carries this trace: autocannon, unless exact bytes, a behaviour or a schedule asks for raw sockets. */
export function engineFor(trace: Pick<Trace, 'requests'>, { engine, schedule }: ReplayerOptions): Exclude<EngineChoice, 'auto'> {
  if (engine !== 'auto') return engine;
  const plain = schedule.kind === 'constant' && trace.requests.every(({ raw, behaviour }) => raw === undefined && behaviour === undefined);
  return plain ? 'autocannon' : 'wire';
}

/** A replayer that chooses its engine by the trace. */
export function createReplayer(options: ReplayerOptions): Replayer {
  const engines = { autocannon: createAutocannonReplayer(), wire: createWireReplayer({ schedule: options.schedule }) };
  return { name: options.engine, start: (job) => engines[engineFor(job.trace, options)].start(job) };
}
