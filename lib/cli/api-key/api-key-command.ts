import { Command } from 'commander';
import type { Terminal } from '../terminal';
import { createCommand } from './create-command';
import { listCommand } from './list-command';
import { revokeCommand } from './revoke-command';
import { signingKeyCommand } from './signing-key-command';

/** `portcullis api-key`: keys for callers without an identity provider, and the public registry of them that an app reads. */
export function apiKeyCommand(terminal: Terminal): Command {
  const group = new Command('api-key')
    .description('Makes, revokes and lists API keys, for callers without an identity provider.')
    .helpCommand(false)
    .addHelpText('after', ORDER);
  const commands = [createCommand, revokeCommand, listCommand, signingKeyCommand];
  for (const command of commands) group.addCommand(command(terminal));
  return group;
}

const ORDER = `
First make a signing key, then keys:
  portcullis api-key signing-key
  portcullis api-key create --name shop --audience restate.example.com --scope orders
The registry holds nothing secret. The app reads it: IngressAuth.apiKeys(ApiKeyRegistry.fromFile('api-keys.json'))`;
