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
    .option('--secret-name <name>', 'name that the printed commands store it under', 'restate/request-identity')
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
      `The private key is in ${output}, readable by you alone. Store it, on AWS or on Google Cloud:`,
      `  aws secretsmanager create-secret --name ${shellWord(secretName)} --secret-string ${shellWord(`file://${output}`)}`,
      `  gcloud secrets create ${shellWord(secretIdOf(secretName))} --data-file=${shellWord(output)}`,
      "On Google Cloud its version is then '1'. Delete the file:",
      `  rm ${shellWord(output)}`,
      'The public key above is no secret: give it to RestateServer as identity.publicKey, and to every service.',
      '',
    ].join('\n'),
  );
}

/** A secret of Google Cloud has no path: letters, digits, hyphens and underscores alone. */
function secretIdOf(secretName: string): string {
  return secretName.replaceAll(/[^A-Za-z0-9_-]+/g, '-');
}
