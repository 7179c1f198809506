import { type OpenStream, type OpenSidecar } from './streams.js';
import type Dockerode from 'dockerode';
import { parseSignal, type ContainerSignal } from './signals.js';
import { readLines } from './lines.js';
import { openSidecar } from '../sidecar/open-sidecar.js';

/** State of one container as the daemon knows it. */
export interface ContainerState {
  readonly running: boolean;
  /** Of the main process, in the daemon's pid namespace; 0 if it does not run. */
  readonly pid: number;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** The file with its output, on the daemon's host; null if its log driver has no such file. */
  readonly log: string | null;
}

/** The part of the Docker API that an observer needs. */
export interface ContainerClient {
  /** The cgroup version of the daemon's host. */
  cgroupVersion(): Promise<1 | 2>;
  /** Null if there is no such container. */
  inspect(id: string): Promise<ContainerState | null>;
  signals(ids: readonly string[], onSignal: (signal: ContainerSignal) => void): Promise<OpenStream>;
  /** About one document a second, as the daemon sends them. */
  stats(id: string, onDocument: (document: unknown) => void): Promise<OpenStream>;
  /** Starts a container of ours in the pid namespace of that one. */
  sidecar(id: string, onDocument: (document: unknown) => void): Promise<OpenSidecar>;
}

export function dockerClient(docker: Dockerode): ContainerClient {
  return {
    cgroupVersion: async () => (String((await docker.info()).CgroupVersion) === '2' ? 2 : 1),
    inspect: async (id) => {
      try {
        const { State, HostConfig, LogPath } = await docker.getContainer(id).inspect();
        const log = HostConfig.LogConfig?.Type === 'json-file' && LogPath !== '' ? LogPath : null;
        return { running: State.Running, pid: State.Pid, exitCode: State.ExitCode, oomKilled: State.OOMKilled, log };
      } catch (error) {
        if ((error as { statusCode?: number }).statusCode === 404) return null;
        throw error;
      }
    },
    signals: async (ids, onSignal) => {
      const stream = await docker.getEvents({
        filters: { type: ['container'], container: [...ids], event: ['oom', 'die', 'start', 'kill'] },
      });
      return readLines(stream, (line) => {
        const signal = parseSignal(line);
        if (signal !== null) onSignal(signal);
      });
    },
    stats: async (id, onDocument) => {
      const stream: NodeJS.ReadableStream = await docker.getContainer(id).stats({ stream: true });
      return readLines(stream, onDocument);
    },
    sidecar: (id, onDocument) => openSidecar(docker, id, onDocument),
  };
}
