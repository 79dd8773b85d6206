import { Command } from 'commander';
import { withoutApiKey } from '../../api-key/registry-changes';
import { changeRegistry } from '../../api-key/registry-file';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { type RegistryOption, registryOption } from './registry-option';

/** `portcullis api-key revoke`: has a key refused from the next deployment on. */
export function revokeCommand(terminal: Terminal): Command {
  return new Command('revoke')
    .description('Marks an API key as revoked: it is refused from the next deployment on.')
    .argument('<key>', 'its id, or its name where no other good key has that name')
    .addOption(registryOption())
    .action((word: string, options: RegistryOption) => revoke(word, options, terminal));
}

async function revoke(word: string, { registry: file }: RegistryOption, { stderr }: Terminal): Promise<void> {
  const key = await changeRegistry(file, async (old) => {
    if (old === undefined) throw new UsageError(`there is no registry ${file}`, 'name it with --registry');
    const { registry, key: found } = withoutApiKey(old, word, Date.now());
    return { registry, result: found };
  });
  stderr.write(
    key.revoked === undefined
      ? `API key ${key.id} of ${key.name} is revoked in ${file}. Deploy the app: until then it is accepted.\n`
      : `API key ${key.id} of ${key.name} was revoked on ${key.revoked} already.\n`,
  );
}
