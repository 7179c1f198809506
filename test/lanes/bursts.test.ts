import { describe, expect, it } from 'vitest';
import { burstPacer } from '../../src/lanes/pacers/bursts.js';
import { constantPacer } from '../../src/lanes/pacers/constant.js';
import { createWireReplayer } from '../../src/replay/index.js';
import { startRecordingServer } from '../replay/recording-server.js';
import { jobOf, numbered } from '../replay/traces.js';

describe('bursts', () => {
  it('send what is due in the first part of each stretch together, and leave the rest when it was due', () => {
    const { due: steady, end } = constantPacer(10, 100);
    const { due } = burstPacer({ due: steady, inBurst: () => false, end }, { share: 0.5, everySeconds: 2 });
    expect([0, 9, 20, 29, 80, 89].map(due)).toEqual([0, 0, 2000, 2000, 8000, 8000]);
    expect([10, 19, 30, 39, 99].map(due)).toEqual([10, 19, 30, 39, 99].map(steady));
  });

  it('go over the connections there are, and say nothing of punctuality', async () => {
    await using server = await startRecordingServer(() => ({}));
    const job = { ...jobOf(server.port, numbered(200), { rate: 1000 }), bursts: { share: 1, everySeconds: 1 } };
    const result = await createWireReplayer({ connections: 3 }).start(job).done;
    expect(result).toMatchObject({ sent: 200, answered: 200, sentDigest: result.plannedDigest });
    expect(server.connections).toBe(3);
    expect(result.lateness).toEqual({ p50: 0, p99: 0, max: 0 });
  });
});
