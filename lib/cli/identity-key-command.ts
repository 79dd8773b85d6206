import { openSync, writeSync, closeSync } from 'node:fs';
import { Command } from 'commander';
import { generateIdentityKey } from '../restate/request-identity';
import type { Terminal } from './terminal';
import { UsageError } from './usage-error';

interface IdentityKeyOptions {
  readonly output: string;
  readonly secretName: string;
}

/** `portcullis identity-key`: makes the pair that Restate signs its requests to services with. */
export function identityKeyCommand(terminal: Terminal): Command {
  return new Command('identity-key')
    .description('Makes the ed25519 pair that Restate signs its requests to services with, and prints the public key.')
    .option(
      '--output <file>',
      'new file for the private key, readable by you alone; - writes it to stdout',
      'identity.pem',
    )
    .option('--secret-name <name>', 'name that the printed command stores it under', 'restate/request-identity')
    .action((options: IdentityKeyOptions) => makeIdentityKey(options, terminal));
}

function makeIdentityKey({ output, secretName }: IdentityKeyOptions, { stdout, stderr }: Terminal): void {
  const { privateKeyPem, publicKey } = generateIdentityKey();
  if (output === '-') {
    stdout.write(privateKeyPem);
    stderr.write(`public key: ${publicKey}\n`);
    return;
  }
  writeNew(output, privateKeyPem);
  stdout.write(`${publicKey}\n`);
  stderr.write(
    [
      `The private key is in ${output}, readable by you alone. Store it, then delete the file:`,
      `  aws secretsmanager create-secret --name ${quoted(secretName)} --secret-string ${quoted(`file://${output}`)}`,
      `  rm ${quoted(output)}`,
      'The public key above is no secret: give it to RestateServer as identity.publicKey, and to every service.',
      '',
    ].join('\n'),
  );
}

/** Creates the file, with mode 0600 from its first moment; a key that is already there is never lost. */
function writeNew(file: string, text: string): void {
  let descriptor: number;
  try {
    descriptor = openSync(file, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST')
      throw new UsageError(`${file} exists already and is not overwritten`, 'name another with --output');
    throw new UsageError(
      `${file} cannot be created (${code})`,
      'name a file in a folder that you can write to with --output',
    );
  }
  try {
    writeSync(descriptor, text);
  } finally {
    closeSync(descriptor);
  }
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`;
}
