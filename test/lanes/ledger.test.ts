import { describe, expect, test } from 'vitest';
import { Ledger } from '../../src/lanes/ledger.js';
import { decodeRequest, encodeRequest } from '../../src/replay/wire/wire-format.js';
import type { TraceRequest } from '../../src/model/index.js';
import { traceOf } from '../replay/traces.js';

const trace = traceOf([{}, { method: 'POST', body: Buffer.from('abc') }, { label: 'other' }]);
const bytesOf = (index: number): Buffer => encodeRequest(trace.requests[index] as TraceRequest);
const sent = (index: number, bytes = bytesOf(index)) => decodeRequest(bytes, trace.requests[index] as TraceRequest);

function ledgerAt(times: { now: number }): Ledger {
  return new Ledger(trace, [403], () => times.now);
}

describe('Ledger', () => {
  test('keeps lateness and latency by the clock', () => {
    const times = { now: 100 };
    const ledger = ledgerAt(times);
    ledger.enter(0, sent(0), 95);
    times.now = 130;
    ledger.enter(1, sent(1), 135);
    ledger.answer(0, 200);
    times.now = 140;
    ledger.answer(1, 200);
    expect(ledger.result('test', 1)).toMatchObject({ lateness: { p50: 0, max: 5 }, latency: { p50: 10, max: 30 } });
    expect(ledger.settled).toBe(false);
  });

  test('keeps the latency of the window, and of each third of it, without the warm-up', () => {
    const times = { now: 0 };
    const long = traceOf(Array.from({ length: 8 }, () => ({})));
    const ledger = new Ledger(long, [403], () => times.now, { warmup: 2 });
    for (const [index, latency] of [900, 900, 1, 1, 20, 20, 300, 300].entries()) {
      ledger.enter(index, decodeRequest(encodeRequest(long.requests[index]!), long.requests[index]!));
      times.now += latency;
      ledger.answer(index, 200);
    }
    expect(ledger.result('test', 1).latencyInWindow).toMatchObject({
      whole: { p50: 20, max: 300 },
      thirds: [{ p50: 1, max: 1 }, { p50: 20 }, { p99: 300 }],
    });
    expect(ledgerAt(times).result('test', 1)).not.toHaveProperty('latencyInWindow');
  });

  test('computes the digest from the bytes, so that any changed byte is visible', () => {
    const digestWith = (change: (bytes: Buffer) => void): string => {
      const ledger = ledgerAt({ now: 0 });
      for (const { index } of trace.requests) {
        const bytes = bytesOf(index);
        if (index === 1) change(bytes);
        ledger.enter(index, sent(index, bytes), 0);
      }
      return ledger.result('test', 0).sentDigest;
    };
    expect(digestWith(() => {})).toBe(trace.digest);
    const at = (text: string): number => bytesOf(1).indexOf(text);
    for (const place of [0, at('/1') + 1, at('test'), at('Content'), at('abc')])
      expect(digestWith((bytes) => bytes.fill('X', place, place + 1))).not.toBe(trace.digest);
  });

  test('a missing request is visible in the digest', () => {
    const ledger = ledgerAt({ now: 0 });
    ledger.enter(0, sent(0), 0);
    expect(ledger.result('test', 0).sentDigest).not.toBe(trace.digest);
  });

  test('refuses a request out of order, sent twice or settled twice', () => {
    const ledger = ledgerAt({ now: 0 });
    expect(() => ledger.enter(1, sent(1), 0)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    ledger.enter(0, sent(0), 0);
    expect(() => ledger.enter(0, sent(0), 0)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
    ledger.lose(0, 'none');
    expect(() => ledger.answer(0, 200)).toThrow(expect.objectContaining({ code: 'INTERNAL' }));
  });

  test('is settled when every request was answered, lost or aborted', () => {
    const ledger = ledgerAt({ now: 0 });
    for (const { index } of trace.requests) ledger.enter(index, sent(index), 0);
    ledger.answer(0, 403);
    ledger.lose(1, 'aborted');
    ledger.lose(2, 'none');
    expect(ledger.settled).toBe(true);
    expect(ledger.result('test', 0)).toMatchObject({
      answered: 1,
      passedCount: 0,
      passedDigest: '0'.repeat(64),
      aborted: 1,
      statuses: Uint16Array.of(403, 1, 0),
      counts: { page: { '403': 1, aborted: 1 }, other: { none: 1 } },
    });
  });
});
