import { expect, test } from 'vitest';
import { hostLoadWords, setAsideReason, setAsideWords } from '../../src/words/host-load.js';

const CALM = { cpu: 0, memory: 0, io: 0, stolen: 0 };
const BUSY = { cpu: 0.63, memory: 0.001, io: 0.04, stolen: 0.075 };
const SILENT = { cpu: null, memory: null, io: null, stolen: null };

test('what the host lacked, and how much', () => {
  expect(hostLoadWords(BUSY)).toBe(
    'processes waited for a CPU 63 % of the time and for a disk 4 % of the time; ' +
      'other guests of the hypervisor took 7.5 % of the CPU time',
  );
  expect(hostLoadWords(CALM)).toBe('no process waited for a CPU, for memory or for a disk');
  expect(hostLoadWords(SILENT)).toBeNull();
});

test('why a trial does not count', () => {
  expect(setAsideReason({ code: 'disturbed', lateness: 0.21, host: SILENT })).toBe(
    'set aside: it ran 21 % late, as the other version did',
  );
  expect(setAsideReason({ code: 'disturbed', lateness: 0.21, host: BUSY })).toContain(
    '(processes waited for a CPU 63 %',
  );
  expect(setAsideReason({ code: 'interrupted' })).toContain('interrupted');
});

test('a pair that is repeated', () => {
  const text = setAsideWords({
    trials: ['r1-baseline', 'r1-candidate'],
    lateness: [0.1, 0.2],
    host: [BUSY],
    repeat: 1,
    most: 2,
  });
  expect(text).toContain('r1-baseline by 10 % and r1-candidate by 20 %');
  expect(text).toContain('repeat 1 of at most 2');
});
