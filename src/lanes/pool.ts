import type { Connector } from './connector.js';
import type { Lane, LaneEvents, LaneSet } from './lane.js';

/** One connection, with its lanes. */
export interface Connection {
  /** One for each request that it carries at a time. */
  readonly lanes: readonly Lane[];
  /** Closes it after its answers, and opens another one instead. */
  renew(): void;
  /** Closes it and opens no other. No more reports after this. */
  close(): void;
}

export interface PoolOptions<C extends Connection> {
  /** Opens a connection; `persists` says whether to connect again after it was lost. */
  readonly create: (events: LaneEvents, persists: (connection: C) => boolean) => C;
  /** Connections that are kept open. More are opened while all of them wait for an answer… */
  readonly kept: number;
  /** …up to this many. */
  readonly most: number;
  readonly connector: Connector;
}

/** A replay's connections: a fixed number, and more while these are too few. */
export function openPool<C extends Connection>(
  { create, kept, most, connector }: PoolOptions<C>,
  events: LaneEvents,
): LaneSet {
  const connections = new Set<C>();
  let opening = 0;
  /** Lanes that a reconnect closed and that are not open again yet. */
  const returning = new Set<Lane>();
  let storming = false;
  const persists = (connection: C): boolean => {
    if (connections.size > kept) {
      connections.delete(connection);
      for (const lane of connection.lanes) returning.delete(lane);
    }
    return connections.has(connection);
  };
  const watched: LaneEvents = {
    ...events,
    ready(lane) {
      opening = 0;
      returning.delete(lane);
      events.ready(lane);
    },
    down(lane, error) {
      opening = 0;
      if (storming) returning.add(lane);
      else if (error !== null) returning.delete(lane);
      events.down(lane, error);
    },
  };
  const open = (): void => void connections.add(create(watched, persists));
  for (let i = 0; i < kept; i++) open();
  return {
    get expected() {
      return [...connections].reduce((sum, { lanes }) => sum + lanes.length, 0);
    },
    grow() {
      // One at a time: the next is opened if this one is established and is not enough. After a reconnect, the old ones
      // come back first.
      if (opening > 0 || returning.size > 0 || connections.size >= most) return;
      opening = 1;
      open();
    },
    reconnect() {
      storming = true;
      for (const connection of connections) connection.renew();
      storming = false;
    },
    connections: () => connector.counts(),
    close() {
      for (const connection of connections) connection.close();
    },
    closed: Promise.resolve(),
  };
}
