import { expect, test } from 'vitest';
import { differencesOfScenario } from '../../src/arms/differences/differences-of-scenario.js';
import { refuseAlike } from '../../src/arms/differences/refuse-alike.js';
import type { ComposeModel } from '../../src/compose/model.js';
import { failureOf, scenarioOf } from '../stack/scenarios.js';

const model: ComposeModel = { services: { waf: { image: 'waf:1' }, side: { image: 'side:1' } } };
const scenario = { ...scenarioOf(['compose.yml']), expect: null };
const refused = (stated: typeof scenario, candidate: ComposeModel = model) =>
  Promise.resolve().then(() => refuseAlike(stated, differencesOfScenario(stated, { baseline: model, candidate })));

test('equal arms are refused before anything starts, whatever their labels and unused variables say', async () => {
  const failure = await failureOf(refused(scenario));
  expect(failure).toMatchObject({ code: 'ARMS_ALIKE', exitCode: 2, location: scenario.file });
  expect(failure.hint).toContain('expect: same');
});

test('equal arms may be asked for', async () => {
  await expect(refused({ ...scenario, expect: 'same' } as unknown as typeof scenario)).resolves.toBeUndefined();
});

test.each([
  ['an image', {}, { services: { ...model.services, waf: { image: 'waf:2' } } }],
  ['a service that is left out', { omit: ['side'] }, model],
  ['a mount that is left out', { without: ['waf:/data'] }, model],
  ['what is done after the start', { steps: [{ kind: 'healthy', service: 'waf' }] }, model],
])('arms that differ in %s are not', async (_name, candidate, other) => {
  const arms = { ...scenario.arms, candidate: { ...scenario.arms.candidate, ...candidate } };
  await expect(refused({ ...scenario, arms } as typeof scenario, other as ComposeModel)).resolves.toBeUndefined();
});
