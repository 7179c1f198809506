import { expect, test } from 'vitest';
import { connectionsFor } from '../../src/replay/connections.js';

test.each([
  [null, 16],
  [0.1, 2],
  [4, 4],
  [10, 8],
  [75, 19],
  [150, 38],
  [5000, 64],
])('%s requests per second → %s connections', (rate, connections) => {
  expect(connectionsFor(rate)).toBe(connections);
});
