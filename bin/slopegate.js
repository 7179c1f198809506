#!/usr/bin/env node
import process from 'node:process';

// Before the program is loaded: its own stack traces then name the TypeScript files.
process.setSourceMapsEnabled(true);
const { main } = await import('../dist/cli/main.js');

process.exitCode = await main(process.argv.slice(2));
