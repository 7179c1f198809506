import { expect, test } from 'vitest';
import { isSecretName, withoutSecrets } from '../../src/arms/without-secrets.js';

test.each(['POSTGRES_PASSWORD', 'mysqlPasswd', 'API_KEY', 'JWT_SECRET', 'ACCESS_TOKEN'])('%s is a secret', (name) => {
  expect(isSecretName(name)).toBe(true);
});
test.each(['POSTGRES_PASSWORD_FILE', 'KEYBOARD', 'PASSTHROUGH', 'HOST', 'TLS_KEY_FILE'])('%s is none', (name) => {
  expect(isSecretName(name)).toBe(false);
});

test('values of secret names are stars, wherever a service repeats them; names of images and services stay', () => {
  const model = {
    services: {
      postgres: {
        image: 'postgres:15',
        environment: { POSTGRES_PASSWORD: 'hunter22', PIN_TOKEN: 'x', MODE: 'on' },
        command: ['serve', '--db=postgres://me:hunter22@postgres/x', 'http://a:other@b'],
      },
    },
  };
  expect(withoutSecrets(model)).toEqual({
    services: {
      postgres: {
        image: 'postgres:15',
        environment: { POSTGRES_PASSWORD: '***', PIN_TOKEN: '***', MODE: 'on' },
        command: ['serve', '--db=postgres://me:***@postgres/x', 'http://a:***@b'],
      },
    },
  });
});
