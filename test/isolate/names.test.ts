import { expect, test } from 'vitest';
import { together } from './options.js';

test('a name that Compose makes is kept as an alias, where a service is told it', () => {
  const { model } = together({
    waf: { environment: { DB: 'http://shop-db-1:8080', OLD: 'shop_db_1' }, networks: { default: null } },
    db: { networks: { default: null } },
  });
  expect(model.services['db']?.networks).toEqual({ default: { aliases: ['shop-db-1', 'shop_db_1'] } });
  expect(model.services['waf']?.networks).toEqual({ default: null });
});

test('an external volume that is not there is refused before anything starts', () => {
  const volumes = { prod: { external: true, name: 'shop_data' } };
  expect(together({ waf: {} }, { volumesHere: ['other'] }, { volumes }).refusals).toMatchObject([
    { path: 'volumes.prod', allow: null },
  ]);
  expect(together({ waf: {} }, { volumesHere: ['shop_data'] }, { volumes }).refusals).toEqual([]);
  expect(together({ waf: {} }, { volumesHere: null }, { volumes }).refusals).toEqual([]);
});
