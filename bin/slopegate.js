#!/usr/bin/env node
import process from 'node:process';

// Before the program is loaded: its own stack traces then name the TypeScript files.
process.setSourceMapsEnabled(true);
// Exit code 1 means FAIL and nothing else: whatever ends this process before a verdict, it ends with 5.
process.exitCode = 5;
try {
  const { main } = await import('../dist/cli/main.js');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const reason = error instanceof Error ? error.message : String(error);
  process.stderr.write(`error INTERNAL: slopegate could not be started: ${reason}\n`);
}
