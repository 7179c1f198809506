import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { afterEach, expect, test } from 'vitest';
import { projectName } from '../../src/docker/labels.js';
import { ask } from '../../src/stack/ask.js';
import { createStack } from '../../src/stack/create-stack.js';
import { portsOf, withFixedPorts } from '../../src/stack/fixed-ports.js';
import { assertNothingLeft, calm, daemon, docker, newRun, owner, smallScenario } from './daemon.js';

let runId = '';
afterEach(() => assertNothingLeft(runId));

test('an entry that is restarted under load keeps its port', async () => {
  runId = newRun();
  const stack = createStack({ daemons: { baseline: daemon, candidate: daemon }, owner, folder: tmpdir() });
  const scenario = smallScenario('outbound.yml');
  await using arm = await stack.up({ scenario, arm: 'baseline', runId, trialId: 't1', signal: calm() });
  const entry = arm.containers.find(({ service }) => service === 'web')!;
  await docker.getContainer(entry.id).restart({ t: 0 });
  await expect
    .poll(async () => (await ask({ ...arm.entry, path: '/', signal: calm() }).catch(() => null))?.status, {
      timeout: 20_000,
    })
    .toBe(200);
});

test('a port that another program has taken meanwhile is replaced by another one', async () => {
  runId = newRun();
  const ownedBy = { runId, trialId: 't1', arm: 'baseline' } as const;
  const port = { target: 80 };
  const [first = 0] = portsOf(
    withFixedPorts({ name: projectName(ownedBy), services: { web: { ports: [port] } } }, new Set()),
  );
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(first, '127.0.0.1', resolve));
  try {
    // As with a daemon whose host does not tell which ports its programs have.
    const blind = { ...daemon, readHostFile: async () => null };
    const stack = createStack({ daemons: { baseline: blind, candidate: blind }, owner, folder: tmpdir() });
    const scenario = smallScenario('outbound.yml', { outbound: 'open' });
    await using arm = await stack.up({ ...ownedBy, scenario, signal: calm() });
    expect(arm.entry.port).not.toBe(first);
    expect((await ask({ ...arm.entry, path: '/', signal: calm() })).status).toBe(200);
  } finally {
    other.close();
  }
});
