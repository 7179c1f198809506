import { once } from 'node:events';
import { chmod, mkdir, rm } from 'node:fs/promises';
import type { CountedCall, RunNote } from '../model/index.js';
import { refusedCall } from '../words/arm-api.js';
import type { ArmView } from './calls/arm-view.js';
import { ownContainer, type Listed } from './calls/present.js';
import { readJson } from './daemon.js';
import { serveCalls, type Serving } from './serve-calls.js';

/** The Docker API of one arm, behind a socket for each service that asked for the daemon's socket. */
export interface ArmApi extends AsyncDisposable {
  /**
   * Opens a socket for each service, or continues with the view of the arm's other version.
   * @param sockets service → path in the folder
   */
  serve(view: ArmView, sockets: Readonly<Record<string, string>>): Promise<void>;
  /** What was refused, and what was done to the arm. */
  notes(): readonly RunNote[];
}

export interface ArmApiOptions {
  /** The folder of the sockets; made when the first one is opened. */
  readonly folder: string;
  /** The daemon's own socket on this machine. */
  readonly daemonSocket: string;
  /** `io.slopegate.run=…` and similar labels, which everything of the arm has. */
  readonly ownLabels: readonly string[];
}

interface Counts {
  readonly refused: Map<string, number>;
  readonly acted: Map<string, number>;
}

/**
 * Gives the arm's services a Docker API that shows and changes only this arm. It needs a daemon on this machine. The
 * sockets are in a folder that only this user can enter, and containers reach their socket through its mount.
 */
export function createArmApi({ folder, daemonSocket, ownLabels }: ArmApiOptions): ArmApi {
  const counts = new Map<string, Counts>();
  const servers = new Map<string, Serving>();
  const execs = new Set<string>();
  let view: ArmView | null = null;

  const listPath = `/containers/json?${new URLSearchParams({
    all: '1',
    filters: JSON.stringify({ label: ownLabels }),
  }).toString()}`;
  const now = async () => {
    const listed = (await readJson(daemonSocket, listPath)) as readonly Listed[];
    const containers = listed.flatMap((item) => ownContainer(item) ?? []);
    return {
      view: view!,
      execs,
      containers: containers.filter(({ service }) => Object.hasOwn(view!.services, service)),
    };
  };

  const open = async (service: string, socket: string): Promise<void> => {
    const own: Counts = { refused: new Map(), acted: new Map() };
    counts.set(service, own);
    const serving = serveCalls({
      daemonSocket,
      ownLabels,
      now,
      onRefused: (call) => add(own.refused, refusedCall(call)),
      onAct: (call) => add(own.acted, call),
      onExec: (id) => void execs.add(id),
    });
    servers.set(service, serving);
    serving.server.listen(socket);
    await once(serving.server, 'listening');
    // Every user in a container may ask. Nobody else on the host can enter the folder.
    await chmod(socket, 0o666);
  };

  return {
    async serve(shown, sockets) {
      if (servers.size === 0 && Object.keys(sockets).length > 0) await mkdir(folder, { mode: 0o700 });
      view = shown;
      for (const [service, socket] of Object.entries(sockets)) if (!servers.has(service)) await open(service, socket);
    },
    notes: () =>
      [...counts].flatMap(([service, { refused, acted }]): RunNote[] => [
        ...(refused.size > 0 ? [{ code: 'calls-refused', facts: { service, calls: listed(refused) } } as const] : []),
        ...(acted.size > 0 ? [{ code: 'calls-done', facts: { service, calls: listed(acted) } } as const] : []),
      ]),
    async [Symbol.asyncDispose]() {
      for (const serving of servers.values()) serving.end();
      if (servers.size > 0) await rm(folder, { recursive: true, force: true });
    },
  };
}

const listed = (counts: ReadonlyMap<string, number>): CountedCall[] =>
  [...counts].map(([call, times]) => ({ call, times }));

/** A service that asks for new things all the time must not fill the memory. */
const MOST_COUNTED = 1000;

function add(counts: Map<string, number>, text: string): void {
  const key = text.replace(/[^\x20-\x7e]/g, '?').slice(0, 120);
  if (counts.has(key) || counts.size < MOST_COUNTED) counts.set(key, (counts.get(key) ?? 0) + 1);
}
