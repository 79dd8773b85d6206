import type { Text } from '../../../lib/artifact/text';
import { readCloudInit } from '../../../lib/artifact/machine/cloud-init';
import type { MachineStart } from '../../../lib/artifact/machine/machine-start';

/** What a machine of these units and files makes of itself, and what was reported about it. */
export interface ReadMachine extends MachineStart {
  readonly reports: readonly string[];
}

/** Reads a user data as it stands. */
export function readText(text: Text): ReadMachine {
  const reports: string[] = [];
  const start = readCloudInit(text, (reason) => reports.push(reason));
  return { ...start, reports };
}

/** The user data of files by path, units by their bare name, and commands; `a.service` is started where no command is given. */
export function userData(
  files: Readonly<Record<string, string>>,
  runcmd: readonly (string | readonly string[])[] = ['systemctl start a.service'],
): string {
  const write_files = Object.entries(files).map(([name, content]) => ({
    path: name.startsWith('/') ? name : `/etc/systemd/system/${name}`,
    content,
  }));
  return `#cloud-config\n${JSON.stringify({ write_files, runcmd })}`;
}

export function readFiles(...parts: Parameters<typeof userData>): ReadMachine {
  return readText([userData(...parts)]);
}

/** The one container of a unit `a.service` that runs these words. */
export function readRun(words: string): ReadMachine {
  return readFiles({ 'a.service': `[Service]\nExecStart=/usr/bin/docker run ${words}\n` });
}
