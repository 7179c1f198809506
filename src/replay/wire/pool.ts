import type { LaneEvents, LaneSet } from '../lane.js';
import type { Connector } from './connector.js';
import { WireLane } from './lane.js';

export interface PoolOptions {
  readonly connector: Connector;
  /** Connections that are kept open; more are opened while every one waits for an answer… */
  readonly kept: number;
  /** …up to this many. */
  readonly most: number;
  readonly timeoutMs: number;
}

export function openPool({ connector, kept, most, timeoutMs }: PoolOptions, events: LaneEvents): LaneSet {
  const lanes = new Set<WireLane>();
  let opening = 0;
  const persists = (lane: WireLane): boolean => {
    if (lanes.size > kept) lanes.delete(lane);
    return lanes.has(lane);
  };
  const watched: LaneEvents = {
    ...events,
    ready(lane) {
      opening = 0;
      events.ready(lane);
    },
    down(lane, error) {
      opening = 0;
      events.down(lane, error);
    },
  };
  const open = (): void => void lanes.add(new WireLane({ connector, events: watched, timeoutMs, persists }));
  for (let i = 0; i < kept; i++) open();
  return {
    expected: kept,
    grow() {
      // One at a time: the next is asked for when this one stands and is not enough.
      if (opening > 0 || lanes.size >= most) return;
      opening = 1;
      open();
    },
    close() {
      for (const lane of lanes) lane.close();
    },
    closed: Promise.resolve(),
  };
}
