import { expect, test } from 'vitest';
import { loadScenario } from '../../src/scenario/index.js';
import { calm, leftovers, newRun, newStack, ROOT } from './daemon.js';

test(
  "a stack of SafeLine's shape, old and new side by side: a site is made through each one's " +
    'API, and traffic is inspected',
  async () => {
    const scenario = await loadScenario(`${ROOT}/scenarios/safeline-shaped/upgrade.yaml`);
    const runId = newRun();
    const stack = newStack();
    const lines: string[] = [];
    await stack.prepare({ scenario, runId, signal: calm(), onLine: (line) => lines.push(line) });
    {
      const up = (arm: 'baseline' | 'candidate') =>
        stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal: calm() });
      const arms = await Promise.all([up('baseline'), up('candidate')]);
      await using baseline = arms[0];
      await using candidate = arms[1];
      for (const { entry } of [baseline, candidate]) {
        expect((await fetch(`http://127.0.0.1:${entry.port}/catalogue/1`)).status).toBe(200);
        expect((await fetch(`http://127.0.0.1:${entry.port}/catalogue/1?id=1+union+select+2`)).status).toBe(403);
      }
      expect(baseline.containers.map(({ service }) => service)).toEqual([
        'detector',
        'management',
        'origin',
        'postgres',
        'tengine',
      ]);
      expect(candidate.containers.map(({ service }) => service)).toEqual([
        'detect',
        'fvm',
        'luigi',
        'mario',
        'mgt',
        'origin',
        'postgres',
        'tengine',
      ]);
      expect(lines).toContain(
        'networks.safeline-ce.driver_opts: bridge interface safeline-ce removed: two arms cannot share a name',
      );
    }
    expect(await leftovers(runId)).toEqual([]);
  },
);
