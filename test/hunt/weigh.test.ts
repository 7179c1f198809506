import { describe, expect, test } from 'vitest';
import { weigh, type SendBatch } from '../../src/hunt/weigh.js';

/** A server whose live heap is a function of the requests and connections that it has seen. */
function server(heap: (requests: number, connections: number) => number | null, service = 'waf'): SendBatch {
  let requests = 0;
  let connections = 0;
  return async (count) => {
    requests += count;
    connections += 1;
    const level = heap(requests, connections);
    return { levels: level === null ? null : { origin: 77, [service]: level }, statuses: { 403: count } };
  };
}

describe('one shape on one version', () => {
  test('bytes of each request', async () => {
    const weight = await weigh(server((requests) => 1000 + 5286 * requests));
    expect(weight).toEqual({
      standing: 'keeps',
      per: 'request',
      bytes: 5286,
      service: 'waf',
      statuses: ['403'],
      requests: 5 * 8 + 5 * 16 + 512,
    });
  });

  test('bytes of each connection, however many requests it carries', async () => {
    expect(await weigh(server((_, connections) => 400 * connections))).toMatchObject({
      standing: 'keeps',
      per: 'connection',
      bytes: 400,
    });
  });

  test('what a server takes once is given back, whenever it comes', async () => {
    for (const full of [1, 9, 17, 25, 33])
      expect(await weigh(server((requests) => (requests < full ? 0 : 65_536)))).toMatchObject({
        standing: 'gives-back',
        bytes: 0,
        service: null,
      });
  });

  test('a cache of 200 entries that fills up is not a leak', async () => {
    const cache = (): SendBatch => server((requests) => 64 * Math.min(requests, 200));
    expect(await weigh(cache())).toMatchObject({ standing: 'gives-back' });
    expect(await weigh(cache(), false)).toMatchObject({ standing: 'keeps' });
    expect(await weigh(server((_, connections) => 64 * Math.min(connections, 40)))).toMatchObject({
      standing: 'gives-back',
    });
  });

  test('a server that ends in the long stretch has not given its memory back', async () => {
    const leak = (requests: number): number => 1000 + 5286 * requests;
    const unread = await weigh(server((requests) => (requests > 240 ? null : leak(requests))));
    expect(unread).toMatchObject({ standing: 'unmeasured', bytes: 0 });
    const emptied = await weigh(server((requests) => (requests > 240 ? 0 : leak(requests))));
    expect(emptied).toMatchObject({ standing: 'undecided', bytes: 0 });
  });

  test('a block at every sixteenth request is found with larger batches', async () => {
    const weight = await weigh(server((requests) => 32 * Math.floor(requests / 16)));
    expect(weight).toMatchObject({ standing: 'keeps', per: 'request', bytes: 2 });
    expect(weight.requests).toBeGreaterThan(120);
  });

  test('a heap that changes without requests stays undecided, and names no request', async () => {
    // Rises for good, but in steps of very different sizes.
    expect(await weigh(server((_, connections) => 1.7 ** connections))).toMatchObject({
      standing: 'undecided',
      bytes: 0,
    });
  });

  test('a heap that cannot be read is not measured', async () => {
    expect(await weigh(server(() => null))).toMatchObject({ standing: 'unmeasured', requests: 8 });
  });
});
