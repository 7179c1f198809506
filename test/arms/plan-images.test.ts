import { expect, test } from 'vitest';
import { namesOfBuilds, planImages } from '../../src/arms/plan-images.js';
import type { ComposeService } from '../../src/compose/model.js';

const build = (suite: string) => ({ context: '/srv/waf', args: { SUITE: suite } });
const arms = (baseline: ComposeService, candidate: ComposeService) => ({
  baseline: { services: { web: baseline } },
  candidate: { services: { web: candidate } },
});

test('an image that both arms share is built once', () => {
  const service = { image: 'waf:1', build: build('bookworm') };
  const plan = planImages(arms(service, service));
  const image = plan.images.baseline['web'];
  expect(plan.images.candidate).toEqual({ web: image });
  expect(Object.values(plan.build?.services ?? {})).toEqual([{ image, build: build('bookworm') }]);
  expect(plan.pull).toEqual([]);
});

test("one name for two different builds becomes two names, or one arm would run the other's image", () => {
  const { images, build: model } = planImages(
    arms({ image: 'waf', build: build('bookworm') }, { image: 'waf', build: build('trixie') }),
  );
  expect(images.baseline['web']).toMatch(/^slopegate\/waf:[0-9a-f]{12}$/);
  expect(images.candidate['web']).not.toBe(images.baseline['web']);
  expect(Object.keys(model?.services ?? {})).toHaveLength(2);
});

test('a build without a name gets one that depends on the build alone', () => {
  const first = planImages(arms({ build: build('bookworm') }, { build: build('bookworm') })).images;
  expect(first.baseline).toEqual(first.candidate);
});

test('a build on top of another service follows that build, in each arm its own', () => {
  const services = (suite: string) => ({
    base: { build: build(suite) },
    waf: { build: { context: '/srv/waf', additional_contexts: { base: 'service:base', os: 'docker-image://debian' } } },
  });
  const { images, build: model } = planImages({
    baseline: { services: services('bookworm') },
    candidate: { services: services('trixie') },
  });
  expect(images.baseline['waf']).not.toBe(images.candidate['waf']);
  const [base, waf] = [images.candidate['base']!, images.candidate['waf']!].map((image) => image.replace(/[/:]/g, '-'));
  expect(model?.services[waf!]?.build?.['additional_contexts']).toEqual({
    base: `service:${base}`,
    os: 'docker-image://debian',
  });
});

test('secrets of a build come along, under names that differ where the arms differ', () => {
  const arm = (file: string) => ({
    services: { web: { build: { ...build('bookworm'), secrets: [{ source: 'token' }] } } },
    secrets: { token: { name: 'shop_token', file } },
  });
  const { build: model } = planImages({ baseline: arm('/srv/a'), candidate: arm('/srv/b') });
  const used = Object.values(model?.services ?? {}).map(
    (service) => (service.build!['secrets'] as readonly { source: string; target: string }[])[0]!,
  );
  expect(used.map(({ target }) => target)).toEqual(['token', 'token']);
  const secrets = model?.['secrets'] as Readonly<Record<string, object>>;
  expect(used.map(({ source }) => secrets[source])).toEqual([{ file: '/srv/a' }, { file: '/srv/b' }]);
});

test('images that are not built are pulled', () => {
  const plan = planImages(arms({ image: 'safeline:5' }, { image: 'safeline:6' }));
  expect(plan).toMatchObject({ build: null, pull: ['safeline:5', 'safeline:6'] });
});

test("a build never gets a tag of the user's, nor writes tags and caches of its own", () => {
  const stated = { ...build('bookworm'), tags: ['shop/waf:latest'], cache_to: ['type=local,dest=/srv/cache'] };
  const { build: model, images } = planImages(
    arms({ image: 'shop/waf:1.4', build: stated }, { image: 'shop/waf:1.5', build: stated }),
  );
  expect(images.baseline['web']).toMatch(/^slopegate\/waf:[0-9a-f]{12}$/);
  expect(JSON.stringify(model)).not.toContain('shop/');
  expect(JSON.stringify(model)).not.toContain('/srv/cache');
});

test('a service that names the image which another service builds starts from that build', () => {
  const services = { made: { image: 'waf:1', build: build('bookworm') }, user: { image: 'waf:1' } };
  const plan = planImages({ baseline: { services }, candidate: { services } });
  expect(plan.images.baseline['user']).toBe(plan.images.baseline['made']);
  expect(plan.pull).toEqual([]);
});

test('an image that is there is not built again, if the scenario says so', () => {
  const models = arms({ image: 'waf:1', build: build('bookworm') }, { image: 'waf:2', build: build('trixie') });
  const plan = planImages(models, new Set(['waf:1']));
  expect(plan.images.baseline['web']).toBe('waf:1');
  expect(plan.found).toEqual(['waf:1']);
  expect(Object.values(plan.build?.services ?? {})).toEqual([
    { image: plan.images.candidate['web'], build: build('trixie') },
  ]);
});

test('a name that two different builds share is never used: it is not known which of them is there', () => {
  const models = arms({ image: 'waf', build: build('bookworm') }, { image: 'waf', build: build('trixie') });
  expect(namesOfBuilds(models)).not.toContain('waf');
  expect(planImages(models, new Set(['waf'])).found).toEqual([]);
});
