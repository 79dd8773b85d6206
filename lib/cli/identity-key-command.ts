import { Command } from 'commander';
import { generateIdentityKey } from '../restate/request-identity';
import { writeNewSecret } from './new-secret-file';
import { shellWord } from './shell-word';
import type { Terminal } from './terminal';

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
  writeNewSecret(output, privateKeyPem);
  stdout.write(`${publicKey}\n`);
  stderr.write(
    [
      `The private key is in ${output}, readable by you alone. Store it, then delete the file:`,
      `  aws secretsmanager create-secret --name ${shellWord(secretName)} --secret-string ${shellWord(`file://${output}`)}`,
      `  rm ${shellWord(output)}`,
      'The public key above is no secret: give it to RestateServer as identity.publicKey, and to every service.',
      '',
    ].join('\n'),
  );
}
