import { expect, test } from 'vitest';
import type { RunningStack, Step } from '../../src/model/index.js';
import { run } from '../../src/compose/run.js';
import { calm, leftovers, newRun, newStack, smallScenario } from './daemon.js';

const sql = (statement: string, match?: string): Step => ({
  name: 'sql',
  timeoutSeconds: 60,
  kind: 'exec',
  service: 'store',
  user: null,
  command: [
    'psql',
    '-h',
    '127.0.0.1',
    '-U',
    'shop',
    '-v',
    'ON_ERROR_STOP=1',
    '-Atc',
    statement,
    'postgresql://shop:made-for-this-test@127.0.0.1/shop',
  ],
  capture: match === undefined ? {} : { found: match },
});
const healthy: Step = { name: 'healthy', timeoutSeconds: 60, kind: 'healthy', service: 'store' };

test(
  "an upgrade in place: the candidate migrates a copy of the old version's database, the " +
    'baseline goes on with its own',
  async () => {
    const base = smallScenario('migrating.yml', {
      entry: { service: 'web', port: 8080 },
      upgrade: 'in-place',
      steps: [healthy, sql('CREATE TABLE visit AS SELECT generate_series(1, 1000) AS id')],
    });
    const upgraded = (statement: string, match: string) => [healthy, sql(statement, match)];
    const scenario = {
      ...base,
      arms: {
        baseline: { ...base.arms.baseline, upgraded: upgraded('SELECT count(*) FROM visit', '^1000$') },
        candidate: {
          ...base.arms.candidate,
          upgraded: upgraded(
            "ALTER TABLE visit ADD COLUMN site text DEFAULT 'shop'; SELECT count(site) FROM visit",
            '^1000$',
          ),
        },
      },
    };
    const columns = async (arm: RunningStack) => {
      const { id } = arm.containers.find(({ service }) => service === 'store')!;
      const statement =
        "SELECT string_agg(column_name, ',' ORDER BY column_name) FROM " +
        "information_schema.columns WHERE table_name = 'visit'";
      return (
        await run({
          command: [
            'docker',
            'exec',
            id,
            'psql',
            '-Atc',
            statement,
            'postgresql://shop:made-for-this-test@127.0.0.1/shop',
          ],
          env: process.env,
        })
      ).stdout;
    };
    const runId = newRun();
    const stack = newStack();
    await stack.prepare({ scenario, runId, signal: calm(), onLine: () => {} });
    {
      const up = (arm: 'baseline' | 'candidate') =>
        stack.up({ scenario, arm, runId, trialId: `r1-${arm}`, signal: calm() });
      const arms = await Promise.all([up('baseline'), up('candidate')]);
      await using baseline = arms[0];
      await using candidate = arms[1];
      expect(await columns(baseline)).toBe('id');
      expect(await columns(candidate)).toBe('id,site');
      expect((await leftovers(runId)).filter((name) => name.includes('-old'))).toEqual([]);
    }
    expect(await leftovers(runId)).toEqual([]);
  },
);
