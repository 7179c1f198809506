import { expect, test } from 'vitest';
import type { ComposeService } from '../../src/compose/model.js';
import { planImages } from '../../src/stack/plan-images.js';

const build = (suite: string) => ({ context: '/srv/waf', args: { SUITE: suite } });
const arms = (baseline: ComposeService, candidate: ComposeService) => ({
  baseline: { services: { web: baseline } },
  candidate: { services: { web: candidate } },
});

test('an image that both arms share is built once', () => {
  const service = { image: 'waf:1', build: build('bookworm') };
  const plan = planImages(arms(service, service));
  expect(plan.images).toEqual({ baseline: { web: 'waf:1' }, candidate: { web: 'waf:1' } });
  expect(Object.values(plan.build?.services ?? {})).toEqual([service]);
  expect(plan.pull).toEqual([]);
});

test("one name for two different builds becomes two names, or one arm would run the other's image", () => {
  const { images, build: model } = planImages(
    arms({ image: 'waf', build: build('bookworm') }, { image: 'waf', build: build('trixie') }),
  );
  expect(images.baseline['web']).toMatch(/^slopegate\/web:[0-9a-f]{12}$/);
  expect(images.candidate['web']).not.toBe(images.baseline['web']);
  expect(Object.keys(model?.services ?? {})).toHaveLength(2);
});

test('a build without a name gets one that depends on the build alone', () => {
  const first = planImages(arms({ build: build('bookworm') }, { build: build('bookworm') })).images;
  expect(first.baseline).toEqual(first.candidate);
});

test('what is not built is pulled', () => {
  const plan = planImages(arms({ image: 'safeline:5' }, { image: 'safeline:6' }));
  expect(plan).toMatchObject({ build: null, pull: ['safeline:5', 'safeline:6'] });
});
