import { describe, expect, it } from 'vitest';
import { inert } from '../../src/cli/inert.js';
import { reportFailure } from '../../src/cli/failure.js';
import { quoted } from '../../src/docker/logs.js';
import { SlopegateError, type Context } from '../../src/model/index.js';

const HOSTILE =
  '\u001B]0;title\u0007\u001B[2J\u001B[31mFAKE\r\n::error::injected\r\n  ::set-output name=x::y\n##[error]z';

describe('foreign text on a terminal or in a CI log', () => {
  it('has no control characters', () => {
    // oxlint-disable-next-line no-control-regex -- control characters are what this is about
    expect(inert(HOSTILE)).not.toMatch(/[\u0000-\u0009\u000B-\u001F\u007F-\u009F]/);
  });

  it('has no line that a CI system executes as a command', () => {
    for (const line of inert(HOSTILE).split('\n')) expect(line.trimStart()).not.toMatch(/^(::|##\[)/);
  });

  it('leaves ordinary lines as they are', () => {
    expect(inert('nginx: [emerg] ::1 is no address\n\tat 12:30::')).toBe(
      'nginx: [emerg] ::1 is no address\n\tat 12:30::',
    );
  });

  it('the log of a container that failed is marked line by line and harmless', () => {
    let err = '';
    const output = { isTerminal: false, colour: false, width: 80, write: (text: string) => void (err += text) };
    const failure = new SlopegateError('START_FAILED', 'waf ended with exit code 3 while starting.', {
      hint: `Its last log lines:\n${quoted(`${HOSTILE}\nPASS  all is fine`)}`,
    });
    expect(reportFailure(failure, { err: output } as unknown as Context)).toBe(5);
    expect(err).toContain('  | PASS  all is fine');
    expect(err).toContain('  | ::error::injected');
    expect(err).not.toContain('\u001B');
  });
});

describe('the message of another program is shown once', () => {
  const told = (failure: SlopegateError): string => {
    let err = '';
    const output = { isTerminal: false, colour: false, width: 80, write: (text: string) => void (err += text) };
    reportFailure(failure, { err: output } as unknown as Context);
    return err;
  };
  const cause = new Error('EACCES: permission denied');

  it('on a line of its own', () => {
    expect(told(new SlopegateError('DISK', 'cannot write a.csv', { cause }))).toBe(
      'error DISK: cannot write a.csv\n  cause: EACCES: permission denied\n',
    );
  });

  it('at the end of the message', () => {
    expect(told(new SlopegateError('DISK', 'cannot write a.csv', { because: cause }))).toBe(
      'error DISK: cannot write a.csv: EACCES: permission denied\n',
    );
  });

  it('also if its words are already part of the message', () => {
    const short = new Error('csv');
    expect(told(new SlopegateError('DISK', 'cannot write a.csv', { cause: short }))).toContain('  cause: csv\n');
  });
});
