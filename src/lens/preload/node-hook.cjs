/*
 * The hook for Node.js: it is preloaded into every program of Node.js in a service, for a diagnosis. A reader outside
 * writes a number into the file node-PID-THREAD of the folder PAGES. The hook then collects the garbage of its thread
 * and answers with the sampled objects in use and their call stacks, in the file node-PID-THREAD.json.
 * src/lens/node-hook.ts has the other side of this. It is never in a service that is judged.
 */
'use strict';

const PAGES = '/slopegate/pages';
const POLL_MILLISECONDS = 10;
/** The mean distance between two samples in bytes, as in profile.c. */
const PERIOD = 4096;

function begin() {
  const { openSync, readSync, renameSync, rmSync, writeFileSync } = require('node:fs');
  const { Session } = require('node:inspector');
  const v8 = require('node:v8');
  const { threadId } = require('node:worker_threads');

  const pathOf = (thread) => `${PAGES}/node-${process.pid}-${thread}`;
  const path = pathOf(threadId);
  const session = new Session();
  session.connect();
  session.post('HeapProfiler.startSampling', { samplingInterval: PERIOD }, refuse);
  quietCompiler(v8);

  writeFileSync(path, Buffer.alloc(4));
  const question = openSync(path);
  const asked = Buffer.alloc(4);
  let answered = 0;
  setInterval(() => {
    readSync(question, asked, 0, asked.length, 0);
    const number = asked.readUInt32LE();
    if (number === answered) return;
    answered = number;
    session.post('HeapProfiler.collectGarbage');
    // What the first collection has freed outside of the heap is given back by now.
    setImmediate(() => answer(number));
  }, POLL_MILLISECONDS).unref();
  // The files of a process that has ended are of no use to the reader. Those of a thread must not be there.
  process.on('worker', (worker) => {
    const thread = worker.threadId;
    worker.once('exit', () => rmSync(pathOf(thread), { force: true }));
  });

  function answer(number) {
    session.post('HeapProfiler.collectGarbage');
    session.post('HeapProfiler.getSamplingProfile', (error, sampled) =>
      write(error ? { number } : { number, node: process.version, profile: sampled.profile }),
    );
  }

  function write(whole) {
    writeFileSync(`${path}.new`, JSON.stringify(whole));
    renameSync(`${path}.new`, `${path}.json`);
  }
}

/** V8 compiles functions as they are used more, and this takes memory for thousands of requests. */
function quietCompiler(v8) {
  const flags = ['--no-opt', '--no-sparkplug', '--no-flush-bytecode', '--no-lazy-feedback-allocation'];
  const [version] = process.versions.v8.split('.');
  for (const flag of Number(version) < 12 ? flags : [...flags, '--no-maglev']) v8.setFlagsFromString(flag);
}

function refuse(error) {
  if (error) throw error;
}

try {
  begin();
} catch {
  // The service goes on without it, and the reader sees no file of it.
}
