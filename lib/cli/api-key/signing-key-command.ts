import { Command, Option } from 'commander';
import { rmSync } from 'node:fs';
import { withoutSigningKey, withSigningKey } from '../../api-key/registry-changes';
import { changeRegistry, readRegistry } from '../../api-key/registry-file';
import { generateSigningKey, privatePem } from '../../api-key/signing-key';
import { writeNewSecret } from '../new-secret-file';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { type RegistryOption, registryOption } from './registry-option';
import { SIGNING_KEY_FILE } from './signing-key-option';

interface SigningKeyOptions extends RegistryOption {
  readonly output: string;
  readonly retire?: string;
  readonly withItsKeys?: true;
}

/** `portcullis api-key signing-key`: makes what API keys are signed with, or retires it. */
export function signingKeyCommand(terminal: Terminal): Command {
  return new Command('signing-key')
    .description('Makes a signing key and adds its public half to the registry, beside those that are there.')
    .option('--output <file>', 'new file for it, readable by you alone; - writes it to stdout', SIGNING_KEY_FILE)
    .option('--with-its-keys', 'with --retire: also where keys that are still good are signed with it')
    .addOption(
      new Option('--retire <kid>', 'make none, but take this one out: what it signed is refused').conflicts('output'),
    )
    .addOption(registryOption())
    .action((options: SigningKeyOptions) => {
      if (options.retire !== undefined) return retire(options.retire, options, terminal);
      if (options.withItsKeys === true) {
        throw new UsageError('--with-its-keys was given without --retire', 'leave it out, or say which to retire');
      }
      return make(options, terminal);
    });
}

async function make({ output, registry: file }: SigningKeyOptions, { stdout, stderr }: Terminal): Promise<void> {
  // what cannot be read is said before anything is made
  readRegistry(file);
  const key = await generateSigningKey();
  const { kid } = key.publicJwk;
  const isFile = output !== '-';
  if (isFile) writeNewSecret(output, privatePem(key));
  try {
    await changeRegistry(file, async (old) => ({ registry: withSigningKey(old, key), result: undefined }));
  } catch (error) {
    // nobody knows it yet, and it would stand in the way of the next try
    if (isFile) rmSync(output);
    throw error;
  }
  if (!isFile) stdout.write(privatePem(key));
  stderr.write(`Signing key ${kid}. Its public half is in ${file}; deploy the app before its keys are used.\n`);
  if (isFile) {
    stderr.write(`The key itself is in ${output}, readable by you alone. Keep it out of version control.\n`);
  }
}

async function retire(kid: string, options: SigningKeyOptions, { stderr }: Terminal): Promise<void> {
  const { registry: file, withItsKeys = false } = options;
  await changeRegistry(file, async (old) => {
    if (old === undefined) throw new UsageError(`there is no registry ${file}`, 'name it with --registry');
    return { registry: withoutSigningKey(old, kid, { withItsKeys, now: Date.now() }), result: undefined };
  });
  stderr.write(`Signing key ${kid} is out of ${file}. Deploy the app: until then its keys are accepted.\n`);
}
