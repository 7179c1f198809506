import { ARMS, SlopegateError, type HuntRow, type HuntWeight } from '../model/index.js';

/** Statuses from here on say that a server failed. */
const SERVER_FAILED = 500;

/**
 * Whether most requests were served: a server that failed may have allocated nothing. A request that the client gave up
 * as planned (`aborted`) counts as served.
 */
export function isServed({ statuses }: Pick<HuntWeight, 'statuses'>): boolean {
  return statuses[0] === 'aborted' || Number(statuses[0]) < SERVER_FAILED;
}

/**
 * A version that does not answer, or whose server fails, allocates nothing. Then "nothing is kept" has no meaning.
 * @param file the scenario, for the location of the error
 * @throws SlopegateError REPLAY_FAILED if more than half of the shapes got no answer, or mostly statuses from 500 on
 */
export function refuseUnserved(rows: readonly HuntRow[], file: string): void {
  for (const arm of ARMS) {
    const served = rows.filter(({ weights }) => isServed(weights[arm]));
    if (2 * served.length >= rows.length) continue;
    throw new SlopegateError(
      'REPLAY_FAILED',
      `The ${arm} served ${served.length} of ${rows.length} shapes. ` +
        'The others got no answer, or a status of 500 or above.',
      {
        location: file,
        hint:
          'Check stack.entry, the origin, and how connections begin: traffic.tls, traffic.protocol, ' +
          'traffic.proxyProtocol.',
      },
    );
  }
}
