import type { Endpoint } from '../model/index.js';
import { resolveModel } from '../compose/cli.js';
import { findCompose } from '../compose/find-compose.js';
import type { Environment } from '../compose/run.js';

/**
 * The first service of a compose file that publishes a port, and the port: where its traffic most likely enters. Null
 * where none does.
 */
export async function findPublished(job: {
  readonly env: Environment;
  readonly file: string;
  readonly signal: AbortSignal;
}): Promise<Endpoint | null> {
  const compose = await findCompose(job.env, job.signal);
  const model = await resolveModel(
    { compose, signal: job.signal },
    { label: job.file, compose: [job.file], environment: {} },
  );
  const published = Object.entries(model.services).flatMap(([service, { ports = [] }]) =>
    ports.map(({ target }) => ({ service, port: target })),
  );
  return published.find(({ port }) => port === 80 || port === 8080) ?? published[0] ?? null;
}
