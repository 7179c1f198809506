import { writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Context, HostFacts } from '../../src/model/index.js';
import { createRunDirectory } from '../../src/journal/index.js';
import {
  firstDifference,
  openCutOff,
  refuseOtherArms,
  refuseOtherHost,
  refuseOtherTrace,
} from '../../src/run/resume.js';
import { holdRun, refuseLiving } from '../../src/run/run-lock.js';
import { describeOwner, formatOwner } from '../../src/stack/index.js';
import { manifest, temporaryFolder } from '../recording/samples.js';

const context = { pid: process.pid } as Context;
const trace = { seed: 1, digest: 'aa', requests: 3, labels: { search: 2, order: 1 } };
const host = { os: 'Debian', kernel: '6.1.0', cpus: 2, memoryBytes: 8e9 } as HostFacts;
const refused = (message: RegExp) =>
  expect.objectContaining({ code: 'RESUME_REFUSED', exitCode: 2, message: expect.stringMatching(message) });

function cutOff(root: string, changes = {}): string {
  const scenario = { ...manifest().scenario, file: 'test.yaml' };
  return createRunDirectory(root, manifest({ trace, scenario, ...changes })).directory;
}

describe('a run is resumed only with its own scenario', () => {
  it('the same scenario is accepted', async () => {
    using folder = temporaryFolder();
    const directory = cutOff(folder.path);
    const cut = await openCutOff(directory, { ...manifest().scenario, file: '/elsewhere/test.yaml' }, context);
    expect(cut.manifest.runId).toBe('run-1');
    expect(cut.recording.trials).toEqual([]);
  });

  it('another one is refused, and the different key is named', async () => {
    using folder = temporaryFolder();
    const directory = cutOff(folder.path);
    const { scenario } = manifest();
    const other = { ...scenario, gate: { ...scenario.gate, marginBytesPerRequest: 64 } };
    await expect(openCutOff(directory, other, context)).rejects.toEqual(refused(/gate\.marginBytesPerRequest/));
  });

  it('the rate that was found at the start of the run is kept', async () => {
    using folder = temporaryFolder();
    const { scenario } = manifest();
    const found = { ...scenario, traffic: { ...scenario.traffic, rate: 40, rateMode: 'auto' as const } };
    const directory = cutOff(folder.path, { scenario: { ...found, file: 'test.yaml' } });
    const given = { ...found, traffic: { ...found.traffic, rate: 75 } };
    expect((await openCutOff(directory, given, context)).directory).toBe(directory);
  });

  it('a damaged recording is refused', async () => {
    using folder = temporaryFolder();
    const directory = cutOff(folder.path);
    writeFileSync(join(directory, 'journal.ndjson'), 'nothing of ours\n');
    await expect(openCutOff(directory, manifest().scenario, context)).rejects.toEqual(refused(/damaged/));
  });
});

describe('a run is resumed only on its own host and with its own traffic', () => {
  it.each([
    ['kernel', { host: { ...host, kernel: '6.2.0' } }],
    ['daemons', { host, daemons: ['other', 'other'] }],
    ['candidateHost', { host, candidateHost: host }],
  ])('another %s is refused', (name, now) => {
    const cut = { directory: '/run', manifest: manifest({ host, daemons: ['one', 'one'] }), recording: {} as never };
    const daemons = ['one', 'one'];
    expect(() => refuseOtherHost(cut, { daemons, ...now })).toThrow(refused(new RegExp(name)));
    expect(() => refuseOtherHost(cut, { host, daemons })).not.toThrow();
  });

  it('a changed compose file or mounted file is refused, with the arm', () => {
    const armDigests = { baseline: 'a', candidate: 'b' };
    const cut = { directory: '/run', manifest: manifest({ armDigests }), recording: {} as never };
    expect(() => refuseOtherArms(cut, armDigests)).not.toThrow();
    expect(() => refuseOtherArms(cut, { ...armDigests, candidate: 'c' })).toThrow(
      refused(/a compose file, a mounted file or a Dockerfile of the candidate was changed/),
    );
    // Recordings of older versions do not say with which files they began.
    expect(() => refuseOtherArms({ ...cut, manifest: manifest() }, armDigests)).not.toThrow();
  });

  it('another digest is refused', () => {
    const cut = { directory: '/run', manifest: manifest({ trace }), recording: {} as never };
    expect(() => refuseOtherTrace(cut, { ...trace, digest: 'bb' })).toThrow(refused(/trace\.digest/));
    expect(() => refuseOtherTrace(cut, { ...trace })).not.toThrow();
  });

  it('names the first different value at any depth', () => {
    expect(firstDifference({ a: [1, { b: 2 }] }, { a: [1, { b: 3 }] })).toEqual(['a', '1', 'b']);
    expect(firstDifference({ a: 1 }, { a: 1, b: null })).toEqual(['b']);
    expect(firstDifference({ a: 1 }, { a: 1 })).toBeNull();
  });
});

describe('a run in progress is not resumed', () => {
  it('while its process runs, and not longer', async () => {
    using folder = temporaryFolder();
    const held = await holdRun(folder.path, context);
    await expect(refuseLiving(folder.path, context)).rejects.toEqual(refused(/still runs/));
    await held[Symbol.asyncDispose]();
    await expect(refuseLiving(folder.path, context)).resolves.toBeUndefined();
  });

  it('a killed process does not block it', async () => {
    using folder = temporaryFolder();
    const own = await describeOwner({ hostname: hostname(), pid: process.pid });
    writeFileSync(join(folder.path, 'running'), formatOwner({ ...own, start: '1' }));
    await expect(refuseLiving(folder.path, context)).resolves.toBeUndefined();
  });

  it('a process that is not visible from here may still run', async () => {
    using folder = temporaryFolder();
    const own = await describeOwner({ hostname: hostname(), pid: process.pid });
    writeFileSync(join(folder.path, 'running'), formatOwner({ ...own, hostname: 'another' }));
    await expect(refuseLiving(folder.path, context)).rejects.toEqual(refused(/cannot be seen/));
  });
});
