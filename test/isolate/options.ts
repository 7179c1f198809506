import type { ComposeModel, ComposeService } from '../../src/compose/model.js';
import { isolate } from '../../src/isolate/isolate.js';
import type { Isolated, IsolateOptions } from '../../src/isolate/types.js';
import { tellChange, tellRefusal, type WordedChange, type WordedRefusal } from '../../src/words/isolation.js';

/** An arm about which nothing special is said. */
export const PLAIN: IsolateOptions = {
  project: 'slopegate-run1-r1-candidate',
  labels: { 'io.slopegate': '1' },
  publish: [],
  limits: { memoryBytes: null, cpus: null },
  images: {},
  hostImage: 'debian:bookworm-slim',
  omit: [],
  subnetsInUse: [],
  hostPaths: {},
  allow: [],
  outbound: 'bring-up',
  awaited: [],
  startupChecks: true,
  subpaths: true,
  volumesHere: null,
  without: [],
  publishedOn: '127.0.0.1',
  elsewhere: false,
  apiFolder: null,
  lens: null,
};

/** What the isolation gives, with the words of its changes and its refusals. */
export interface WordedIsolated extends Isolated {
  readonly changes: readonly WordedChange[];
  readonly refusals: readonly WordedRefusal[];
}

export function isolateInWords(model: ComposeModel, options: IsolateOptions): WordedIsolated {
  const isolated = isolate(model, options);
  return {
    ...isolated,
    changes: isolated.changes.map(tellChange),
    refusals: isolated.refusals.map(tellRefusal),
  };
}

/** One service, isolated. */
export function alone(service: ComposeService, options: Partial<IsolateOptions> = {}): WordedIsolated {
  return together({ waf: service }, options);
}

/** Several services, isolated. */
export function together(
  services: ComposeModel['services'],
  options: Partial<IsolateOptions> = {},
  rest: Partial<ComposeModel> = {},
): WordedIsolated {
  return isolateInWords({ name: 'shop', ...rest, services }, { ...PLAIN, ...options });
}
