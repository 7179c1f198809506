import { expect, test } from 'vitest';
import { together } from './options.js';

test('a name that Compose makes is kept as an alias if a text uses it', () => {
  const { model } = together({
    waf: { environment: { DB: 'http://shop-db-1:8080', OLD: 'shop_db_1' }, networks: { default: null } },
    db: { networks: { default: null } },
  });
  expect(model.services['db']?.networks).toEqual({ default: { aliases: ['shop-db-1', 'shop_db_1'] } });
  expect(model.services['waf']?.networks).toEqual({ default: null });
});

test('a missing external volume is refused before anything starts', () => {
  const volumes = { prod: { external: true, name: 'shop_data' } };
  expect(together({ waf: {} }, { volumesHere: ['other'] }, { volumes }).refusals).toMatchObject([
    { path: 'volumes.prod', allow: null },
  ]);
  expect(together({ waf: {} }, { volumesHere: ['shop_data'] }, { volumes }).refusals).toEqual([]);
  expect(together({ waf: {} }, { volumesHere: null }, { volumes }).refusals).toEqual([]);
});
