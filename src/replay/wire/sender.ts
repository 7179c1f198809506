import type { Socket } from 'node:net';
import { chunkSizes } from '../../traffic/index.js';
import type { Outgoing } from '../../lanes/lane.js';

/** A slow sender writes at this interval, or at a longer one if one byte takes longer. */
const TICK_MS = 50;
const DEFAULT_PAUSE_MS = 10;

/** Pieces of a request that are written one by one with the same pause in between. */
export interface SendPlan {
  readonly pieces: readonly Buffer[];
  readonly pauseMs: number;
}

/** How the bytes of a request are written by its behaviour, including an abort. */
export function planSend({ request, bytes }: Outgoing): SendPlan {
  const { behaviour } = request;
  if (behaviour === undefined) return { pieces: [bytes], pauseMs: 0 };
  const { abort, sendBytesPerSecond: speed } = behaviour;
  const sent = abort?.of === 'request' && abort.bytes !== null ? bytes.subarray(0, abort.bytes) : bytes;
  if (speed !== undefined) {
    const size = Math.max(1, Math.floor((speed * TICK_MS) / 1000));
    const places = Array.from({ length: Math.ceil(sent.length / size) }, (_, i) => i * size);
    return { pieces: cut(sent, places), pauseMs: (1000 * size) / speed };
  }
  const places = behaviour.breaks ?? (behaviour.pauseMs === undefined ? [] : chunkStarts({ request, bytes }));
  return {
    pieces: cut(
      sent,
      places.map((place) => (place < 0 ? bytes.length + place : place)),
    ),
    pauseMs: behaviour.pauseMs ?? DEFAULT_PAUSE_MS,
  };
}

/** Offsets in the request's bytes at which a chunk begins, and of the last one, which ends the body. */
function chunkStarts({ request, bytes }: Outgoing): readonly number[] {
  const bodyLength = request.body?.length ?? 0;
  const sizes = chunkSizes(request.behaviour?.chunks ?? [], bodyLength);
  if (request.behaviour?.chunks === undefined) return [];
  let place = bytes.indexOf('\r\n\r\n', 0, 'latin1') + 4;
  return [place, ...sizes.map((size) => (place += size.toString(16).length + 2 + size + 2))];
}

function cut(bytes: Buffer, places: readonly number[]): readonly Buffer[] {
  const inside = [...new Set(places)].filter((place) => place > 0 && place < bytes.length).sort((a, b) => a - b);
  return [0, ...inside].map((from, i) => bytes.subarray(from, inside[i] ?? bytes.length));
}

/** Writes the plan while the socket is open. `done` is called when the kernel has the last piece. */
export function writePlan(socket: Socket, { pieces, pauseMs }: SendPlan, done: () => void): void {
  const writeFrom = (position: number): void => {
    if (socket.destroyed || socket.writableEnded) return;
    const last = position >= pieces.length - 1;
    socket.write(pieces[position] as Buffer, last ? () => done() : undefined);
    if (!last) setTimeout(() => writeFrom(position + 1), pauseMs);
  };
  writeFrom(0);
}
