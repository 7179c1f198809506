import { PassThrough } from 'node:stream';
import type Dockerode from 'dockerode';
import type { OpenSidecar } from '../docker/streams.js';
import { readLines } from '../docker/lines.js';
import { PROGRAM, SIDECAR_IMAGE } from './program.js';

const MIB = 2 ** 20;

/**
 * Starts a container of ours in the pid namespace of another one, with its own memory cgroup. It has the other one's
 * slopegate labels, so it is removed with the arm in any case. It ends when the other one ends, or when its input is
 * closed.
 */
export async function openSidecar(
  docker: Dockerode,
  id: string,
  onDocument: (document: unknown) => void,
): Promise<OpenSidecar> {
  const { Name, Config } = await docker.getContainer(id).inspect();
  const name = `${Name.replace(/^\//, '')}-sidecar`;
  // Removes the sidecar of a lost connection, if the daemon does not know yet that it is lost.
  await docker
    .getContainer(name)
    .remove({ force: true })
    .catch(() => undefined);
  const container = await docker.createContainer({
    name,
    Image: SIDECAR_IMAGE,
    Entrypoint: [],
    Cmd: ['perl', '-e', PROGRAM, id],
    User: '0:0',
    Labels: Object.fromEntries(Object.entries(Config.Labels).filter(([key]) => /^io\.slopegate(\.|$)/.test(key))),
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      PidMode: `container:${id}`,
      NetworkMode: 'none',
      IpcMode: 'none',
      AutoRemove: true,
      ReadonlyRootfs: true,
      CapDrop: ['ALL'],
      // Only a tracer can read another user's descriptors, and only the owner their folder.
      CapAdd: ['SYS_PTRACE', 'DAC_READ_SEARCH'],
      SecurityOpt: ['no-new-privileges'],
      Memory: 32 * MIB,
      PidsLimit: 8,
      LogConfig: { Type: 'none', Config: {} },
    },
  });
  // It may have ended and removed itself already.
  const remove = (): Promise<void> => container.remove({ force: true }).catch(() => undefined);
  try {
    const stream = await container.attach({ stream: true, stdin: true, stdout: true, hijack: true });
    const output = new PassThrough();
    docker.modem.demuxStream(stream, output, output);
    const lines = readLines(output, onDocument);
    for (const event of ['end', 'close', 'error']) stream.on(event, () => output.end());
    await container.start();
    return {
      ask: () => void stream.write('\n'),
      close: () => {
        lines.close();
        stream.end();
      },
      ended: lines.ended.then(remove),
    };
  } catch (error) {
    await remove();
    throw error;
  }
}
