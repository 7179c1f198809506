import { expect, test } from 'vitest';
import { replaceTags } from '../../src/arms/replace-tags.js';
import { repositoryOf } from '../../src/composefile/index.js';

const imagesOf = (images: readonly string[], tags: Readonly<Record<string, string>>) => {
  const services = Object.fromEntries(images.map((image, index) => [`s${index}`, { image }]));
  const { model, unused } = replaceTags({ services }, tags);
  return { images: Object.values(model.services).map(({ image }) => image), unused };
};

test('a pattern gives its tag to every image that it names, and to no other', () => {
  expect(
    imagesOf(['vendor/waf:1.6.13', 'vendor/ui', 'redis:7', 'host:5000/vendor/x:1', 'docker.io/vendor/y:1'], {
      'vendor/*': '1.6.14',
    }).images,
  ).toEqual(['vendor/waf:1.6.14', 'vendor/ui:1.6.14', 'redis:7', 'host:5000/vendor/x:1', 'docker.io/vendor/y:1.6.14']);
});

test('a digest takes the place of tag and digest; the first pattern that fits counts', () => {
  expect(
    imagesOf(['vendor/waf:1.6@sha256:aa', 'vendor/ui:1'], { 'vendor/waf': 'sha256:bb', 'vendor/*': '2' }).images,
  ).toEqual(['vendor/waf@sha256:bb', 'vendor/ui:2']);
});

test('a pattern that matches no image is an error; dots have no special meaning', () => {
  expect(imagesOf(['vendorXwaf:1'], { 'vendor.waf': '2', 'vendor/*': '2' })).toEqual({
    images: ['vendorXwaf:1'],
    unused: ['vendor.waf', 'vendor/*'],
  });
});

test('what is built here keeps its name', () => {
  const { model, unused } = replaceTags({ services: { waf: { image: 'waf:1', build: {} } } }, { waf: '2' });
  expect([model.services['waf']?.image, unused]).toEqual(['waf:1', ['waf']]);
});

test.each([
  ['waf', 'waf'],
  ['waf:1', 'waf'],
  ['host:5000/waf', 'host:5000/waf'],
  ['host:5000/waf:1@sha256:aa', 'host:5000/waf'],
])('%s is of %s', (image, repository) => {
  expect(repositoryOf(image)).toBe(repository);
});
