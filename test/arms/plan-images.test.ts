import { expect, test } from 'vitest';
import { namesOfBuilds, planImages, type ImagePlan } from '../../src/arms/plan-images.js';
import type { ComposeService } from '../../src/compose/model.js';

const build = (suite: string) => ({ context: '/srv/waf', args: { SUITE: suite } });
const arms = (baseline: ComposeService, candidate: ComposeService) => ({
  baseline: { services: { web: baseline } },
  candidate: { services: { web: candidate } },
});

const servicesOf = ({ builds }: Pick<ImagePlan, 'builds'>): readonly ComposeService[] =>
  builds.flatMap((model) => Object.values(model.services));

test('an image that both arms share is built once', () => {
  const service = { image: 'waf:1', build: build('bookworm') };
  const plan = planImages(arms(service, service));
  const image = plan.images.baseline['web'];
  expect(plan.images.candidate).toEqual({ web: image });
  expect(servicesOf(plan)).toEqual([{ image, build: build('bookworm') }]);
  expect(plan.pull).toEqual([]);
});

test("one name for two different builds becomes two names, or one arm would run the other's image", () => {
  const { images, ...plan } = planImages(
    arms({ image: 'waf', build: build('bookworm') }, { image: 'waf', build: build('trixie') }),
  );
  expect(images.baseline['web']).toMatch(/^slopegate\/waf:[0-9a-f]{12}$/);
  expect(images.candidate['web']).not.toBe(images.baseline['web']);
  expect(servicesOf(plan)).toHaveLength(2);
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
  const models = { baseline: { services: services('bookworm') }, candidate: { services: services('trixie') } };
  const { images, builds } = planImages(models);
  expect(images.baseline['waf']).not.toBe(images.candidate['waf']);
  const [bases, wafs] = builds.map((model) => Object.values(model.services));
  expect(bases?.map(({ image }) => image)).toEqual([images.baseline['base'], images.candidate['base']]);
  expect(wafs?.map(({ build: made }) => made?.['additional_contexts'])).toEqual(
    bases?.map(({ image }) => ({ base: `docker-image://${image}`, os: 'docker-image://debian' })),
  );
  // A base is built although its service is not started.
  const started = { baseline: { services: {} }, candidate: { services: { waf: services('trixie').waf } } };
  expect(planImages(started, new Set(), models).builds.map((model) => Object.values(model.services)[0]?.image)).toEqual(
    [images.candidate['base'], images.candidate['waf']],
  );
});

test('secrets of a build come along, under names that differ where the arms differ', () => {
  const arm = (file: string) => ({
    services: { web: { build: { ...build('bookworm'), secrets: [{ source: 'token' }] } } },
    secrets: { token: { name: 'shop_token', file } },
  });
  const plan = planImages({ baseline: arm('/srv/a'), candidate: arm('/srv/b') });
  const used = servicesOf(plan).map(
    (service) => (service.build!['secrets'] as readonly { source: string; target: string }[])[0]!,
  );
  expect(used.map(({ target }) => target)).toEqual(['token', 'token']);
  const secrets = plan.builds[0]?.['secrets'] as Readonly<Record<string, object>>;
  expect(used.map(({ source }) => secrets[source])).toEqual([{ file: '/srv/a' }, { file: '/srv/b' }]);
});

test("secrets from variables are each arm's own", () => {
  const arm = (suite: string) => ({
    services: { web: { build: { ...build(suite), secrets: [{ source: 'token', target: 't' }] } } },
    secrets: { token: { name: 'shop_token', environment: 'TOKEN' } },
  });
  const { builds, variables } = planImages({ baseline: arm('bookworm'), candidate: arm('trixie') });
  const secrets = builds[0]?.['secrets'] as Readonly<Record<string, object>>;
  const used = servicesOf({ builds }).map(
    (service) => (service.build!['secrets'] as readonly { source: string; target: string }[])[0]!,
  );
  expect(used.map(({ source, target }) => [target, secrets[source]])).toEqual([
    ['t', { environment: 'SLOPEGATE_BASELINE_TOKEN' }],
    ['t', { environment: 'SLOPEGATE_CANDIDATE_TOKEN' }],
  ]);
  expect(variables).toEqual([
    { name: 'TOKEN', arms: ['baseline'] },
    { name: 'TOKEN', arms: ['candidate'] },
  ]);
  expect(planImages({ baseline: arm('trixie'), candidate: arm('trixie') }).variables).toEqual([
    { name: 'TOKEN', arms: ['baseline', 'candidate'] },
  ]);
});

test('images that are not built are pulled', () => {
  const plan = planImages(arms({ image: 'safeline:5' }, { image: 'safeline:6' }));
  expect(plan).toMatchObject({ builds: [], pull: ['safeline:5', 'safeline:6'] });
});

test("a build never gets a tag of the user's, nor writes tags and caches of its own", () => {
  const stated = { ...build('bookworm'), tags: ['shop/waf:latest'], cache_to: ['type=local,dest=/srv/cache'] };
  const { builds, images } = planImages(
    arms({ image: 'shop/waf:1.4', build: stated }, { image: 'shop/waf:1.5', build: stated }),
  );
  expect(images.baseline['web']).toMatch(/^slopegate\/waf:[0-9a-f]{12}$/);
  expect(JSON.stringify(builds)).not.toContain('shop/');
  expect(JSON.stringify(builds)).not.toContain('/srv/cache');
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
  expect(servicesOf(plan)).toEqual([{ image: plan.images.candidate['web'], build: build('trixie') }]);
});

test('a name that two different builds share is never used: it is not known which of them is there', () => {
  const models = arms({ image: 'waf', build: build('bookworm') }, { image: 'waf', build: build('trixie') });
  expect(namesOfBuilds(models)).not.toContain('waf');
  expect(planImages(models, new Set(['waf'])).found).toEqual([]);
});
