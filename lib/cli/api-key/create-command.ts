import { Command } from 'commander';
import { describeApiKey, signApiKey } from '../../api-key/api-key';
import { withApiKey } from '../../api-key/registry-changes';
import { changeRegistry } from '../../api-key/registry-file';
import { SIGNING_KEY_VARIABLE } from '../../api-key/signing-key-file';
import { maxLifetimeSeconds } from '../../core/api-key-registry';
import type { Terminal } from '../terminal';
import { type RegistryOption, registryOption } from './registry-option';
import { findSigningKey, SIGNING_KEY_FILE } from './signing-key-option';

interface CreateOptions extends RegistryOption {
  readonly name: string;
  readonly audience: readonly string[];
  readonly scope: readonly string[];
  readonly days: string;
  readonly signingKey?: string;
}

/** `portcullis api-key create`: makes a key, writes down what it says, and prints it once. */
export function createCommand(terminal: Terminal): Command {
  return new Command('create')
    .description('Makes an API key and prints it on stdout, once: it is kept nowhere.')
    .requiredOption('--name <name>', 'whose key it is, as access logs show it')
    .requiredOption('--audience <hostname...>', 'host names of the doors that it opens')
    .option('--scope <scope...>', 'what its bearer may do, as callers and roles of the app name it', [])
    .option('--days <days>', 'how long it is good', '90')
    .option(
      '--signing-key <file>',
      `file that you alone can read (default: the key in ${SIGNING_KEY_VARIABLE}, else "${SIGNING_KEY_FILE}")`,
    )
    .addOption(registryOption())
    .action((options: CreateOptions) => create(options, terminal));
}

async function create(options: CreateOptions, { stdout, stderr }: Terminal): Promise<void> {
  const { name, audience: audiences, scope: scopes, registry: file } = options;
  const signingKey = await findSigningKey(options.signingKey);
  const days = /^\d{1,4}$/.test(options.days) ? Number(options.days) : Number.NaN;
  const described = describeApiKey({ name, audiences, scopes, days }, signingKey, Date.now());
  const key = await signApiKey(described, signingKey);
  const longer = await changeRegistry(file, async (old) => {
    const registry = withApiKey(old, described);
    return { registry, result: old === undefined || maxLifetimeSeconds(registry) > maxLifetimeSeconds(old) };
  });
  stdout.write(`${key}\n`);
  stderr.write(
    [
      `API key ${described.id} of ${name} for ${described.audiences.join(', ')}, good until ${described.expires}.`,
      `Scopes: ${described.scopes.join(', ') || 'none'}. Written down in ${file}, without the key, which is shown this once.`,
      longer
        ? 'It lives longer than every key before it: deploy the app with this registry before it is used.'
        : 'It is accepted as soon as its signing key is deployed.',
      '',
    ].join('\n'),
  );
}
