import { Option } from 'commander';

/** Which registry a command works on. */
export interface RegistryOption {
  readonly registry: string;
}

/** `--registry`, alike for every command. */
export function registryOption(): Option {
  return new Option('--registry <file>', 'public file that knows every key').default('api-keys.json');
}
