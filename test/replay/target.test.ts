import { describe, expect, test } from 'vitest';
import { assertAllowedTarget } from '../../src/replay/index.js';

describe('assertAllowedTarget', () => {
  test.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', 'localhost', '172.20.0.5'])('%s', (host) => {
    expect(() => assertAllowedTarget(host, ['172.20.0.5'])).not.toThrow();
  });

  test.each([
    '172.20.0.6',
    '10.0.0.1',
    '8.8.8.8',
    '0.0.0.0',
    '::',
    '::2',
    'example.com',
    '127.0.0.1.example.com',
    'localhost.example.com',
    '',
    '0x7f000001',
    '2130706433',
  ])('not %s', (host) => {
    expect(() => assertAllowedTarget(host, ['172.20.0.5'])).toThrow(
      expect.objectContaining({ code: 'TARGET_REFUSED', exitCode: 2 }),
    );
  });
});
