import { describe, expect, it } from 'vitest';
import { alone } from './options.js';

const nothing = { libraries: '', nodeOptions: '' };
const lens = {
  library: '/home/me/.local/state/slopegate/lens/1/lens.so',
  hook: null,
  preloaded: { waf: nothing },
};
const hooked = { ...lens, hook: '/home/me/node-hook.cjs' };

describe('the lens', () => {
  it('comes as a read-only file, a folder in memory and a variable, and is shown', () => {
    const { model, changes, refusals } = alone({ image: 'nginx', environment: { TZ: 'UTC' } }, { lens });
    expect(model.services['waf']).toMatchObject({
      environment: { TZ: 'UTC', LD_PRELOAD: '/slopegate/lens.so' },
      volumes: [
        { type: 'bind', source: lens.library, target: '/slopegate/lens.so', read_only: true },
        { type: 'tmpfs', target: '/slopegate/pages', tmpfs: { mode: 0o1777 } },
      ],
    });
    expect(changes.find(({ path }) => path === 'services.waf.environment.LD_PRELOAD')?.what).toMatch(/the lens counts/);
    expect(refusals).toEqual([]);
  });

  it.each([
    ['its compose file', { image: 'nginx', environment: { LD_PRELOAD: '/a.so:/b.so' } }, ''],
    ['its image', { image: 'nginx' }, '/a.so:/b.so'],
  ])('stands before what a service preloads by %s', (_, service, preloaded) => {
    const { model } = alone(service, {
      lens: { ...lens, preloaded: { waf: { libraries: preloaded, nodeOptions: '' } } },
    });
    expect(model.services['waf']?.['environment']).toEqual({ LD_PRELOAD: '/slopegate/lens.so:/a.so:/b.so' });
  });

  it.each([
    ['its compose file', { image: 'gateway', environment: { NODE_OPTIONS: '--enable-source-maps' } }, ''],
    ['its image', { image: 'gateway' }, '--enable-source-maps'],
  ])('comes with the hook for Node.js, before the options of %s, if that is wanted', (_, service, nodeOptions) => {
    const options = { lens: { ...hooked, preloaded: { waf: { libraries: '', nodeOptions } } } };
    const { model, changes } = alone(service, options);
    expect(model.services['waf']).toMatchObject({
      environment: {
        LD_PRELOAD: '/slopegate/lens.so',
        NODE_OPTIONS: '--require=/slopegate/node-hook.cjs --enable-source-maps',
      },
      volumes: [
        { target: '/slopegate/lens.so' },
        { type: 'bind', source: hooked.hook, target: '/slopegate/node-hook.cjs', read_only: true },
        { target: '/slopegate/pages' },
      ],
    });
    expect(changes.find(({ path }) => path.endsWith('NODE_OPTIONS'))?.what).toMatch(/before --enable-source-maps/);
  });

  it('is in no service that cannot have it, and nowhere unless it is asked for', () => {
    for (const none of [null, { ...lens, preloaded: {} }])
      expect(alone({ image: 'nginx' }, { lens: none }).model.services['waf']?.['environment']).toBeUndefined();
  });
});
