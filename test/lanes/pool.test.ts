import { expect, test } from 'vitest';
import type { Lane, LaneEvents } from '../../src/lanes/lane.js';
import { openPool, type Connection } from '../../src/lanes/pool.js';

class FakeConnection implements Connection, Lane {
  readonly lanes = [this];
  readonly #events: LaneEvents;
  constructor(events: LaneEvents) {
    this.#events = events;
  }
  send = (): never => {
    throw new Error('nothing is sent here');
  };
  refresh = (): void => {};
  giveUp = (): void => {};
  close = (): void => {};
  renew(): void {
    this.#events.down(this, null);
  }
  stand(): void {
    this.#events.ready(this);
  }
}

function pooled(kept: number) {
  const made: FakeConnection[] = [];
  const events: LaneEvents = { ready: () => {}, held: () => {}, down: () => {}, answered: () => {}, lost: () => {} };
  const create = (watched: LaneEvents): FakeConnection => {
    const connection = new FakeConnection(watched);
    made.push(connection);
    return connection;
  };
  const connector = {
    open: (): never => {
      throw new Error('no sockets here');
    },
    counts: () => ({ opened: 0, resumed: 0 }),
  };
  return { made, pool: openPool({ create, kept, most: 8, connector }, events) };
}

test('grows by one at a time, up to the most', () => {
  const { made, pool } = pooled(2);
  pool.grow();
  pool.grow();
  expect(made).toHaveLength(3);
  for (let i = 0; i < 20; i++) {
    made.at(-1)?.stand();
    pool.grow();
  }
  expect(made).toHaveLength(8);
});

test('after a reconnect, closed connections come back before another one is opened', () => {
  const { made, pool } = pooled(3);
  pool.reconnect?.();
  for (const connection of made.slice(0, 2)) {
    pool.grow();
    connection.stand();
  }
  pool.grow();
  expect(made).toHaveLength(3);
  made[2]?.stand();
  pool.grow();
  expect(made).toHaveLength(4);
});
