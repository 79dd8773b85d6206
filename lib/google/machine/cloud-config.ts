import { terraformText } from '../terraform-text';

/** A file that the machine's start writes. Scripts are given to bash as a file: what can be written on cannot be executed there. */
export interface MachineFile {
  readonly path: string;
  readonly content: string;
}

/**
 * Renders a cloud-config: files to write, and commands to run after that. Container-Optimized OS keeps `/etc`, and what cloud-init remembers
 * of earlier starts, in memory alone: both happen anew at every boot.
 *
 * @see https://cloudinit.readthedocs.io/en/latest/reference/modules.html#write-files
 * @see https://cloud.google.com/container-optimized-os/docs/concepts/disks-and-filesystem
 */
export function cloudConfig(files: readonly MachineFile[], commands: readonly string[]): string {
  const lines = [
    '#cloud-config',
    'write_files:',
    ...files.flatMap(({ path, content }) => [
      `  - path: ${path}`,
      "    permissions: '0644'",
      '    owner: root:root',
      '    content: |',
      ...content
        .trimEnd()
        .split('\n')
        .map((line) => (line === '' ? '' : `      ${line}`)),
    ]),
    'runcmd:',
    ...commands.map((command) => `  - ${command}`),
    '',
  ];
  return terraformText(lines.join('\n'));
}
