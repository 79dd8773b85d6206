#!/usr/bin/env node
import { run } from './run';

// a reader that has seen enough (`| head`) is no error, and changes no verdict
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

void run(process.argv.slice(2), { stdout: process.stdout, stderr: process.stderr }).then((code) => {
  process.exitCode = code;
});
