import { Command, Option } from 'commander';
import { stateOf } from '../../api-key/registry-changes';
import { readRegistry } from '../../api-key/registry-file';
import type { Terminal } from '../terminal';
import { UsageError } from '../usage-error';
import { keyTable } from './key-table';
import { type RegistryOption, registryOption } from './registry-option';

interface ListOptions extends RegistryOption {
  readonly format: 'table' | 'json';
}

/** `portcullis api-key list`: every key that was made, and what it is worth now. */
export function listCommand(terminal: Terminal): Command {
  return new Command('list')
    .description('Lists API keys with their expiry.')
    .addOption(new Option('--format <format>', 'how to print them').choices(['table', 'json']).default('table'))
    .addOption(registryOption())
    .action(({ registry: file, format }: ListOptions) => {
      const registry = readRegistry(file);
      if (registry === undefined) throw new UsageError(`there is no registry ${file}`, 'name it with --registry');
      const now = Date.now();
      const listed = registry.apiKeys.map((key) => ({ ...key, state: stateOf(key, now) }));
      terminal.stdout.write(format === 'json' ? `${JSON.stringify(listed, undefined, 2)}\n` : keyTable(listed, now));
    });
}
