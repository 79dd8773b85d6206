import { parse } from 'yaml';
import { commandLine } from '../../../lib/google/machine/systemd-unit';
import { terraformText } from '../../../lib/google/terraform-text';
import { systemdWords } from '../../google/machine/systemd-words';
import type { Node } from '../envoy';
import { type Role, the } from '../template';
import { type Configuration, instanceTemplate } from './configuration';

/** What cloud-init is told, free to be edited. */
export interface CloudConfig {
  write_files: { path: string; content: string }[];
  runcmd: unknown[];
}

/** What only this container's command line says, however its unit is named. */
const SIGNS: Readonly<Record<Role, RegExp>> = {
  restate: /exec restate-server/,
  envoy: /--config-yaml/,
  certificate: /openssl req/,
};

const RUN = /^(ExecStart=)(\S*docker run .*)$/m;

/** Parses what the machine starts with, lets it be edited in place, and puts it back. Terraform's escapes stay as they are. */
export function editCloudConfig(configuration: Configuration, edit: (config: CloudConfig) => void): void {
  const metadata = instanceTemplate(configuration)['metadata'] as { 'user-data': string };
  const config = parse(metadata['user-data']) as CloudConfig;
  edit(config);
  metadata['user-data'] = `#cloud-config\n${JSON.stringify(config)}`;
}

/** Replaces a text in the one file of the machine that holds it. @throws when none does */
export function editFile(configuration: Configuration, from: string | RegExp, to: string): void {
  editCloudConfig(configuration, ({ write_files: files }) => {
    const file = the(
      files.filter(({ content }) => content.replace(from, to) !== content),
      `file that holds ${String(from)}`,
    );
    file.content = file.content.replace(from, to);
  });
}

/** Lets the words of a container's `docker run` be edited in place. */
export function editRun(configuration: Configuration, role: Role, edit: (words: string[]) => unknown): void {
  editCloudConfig(configuration, ({ write_files: files }) => {
    const file = the(
      files.filter(({ content }) => SIGNS[role].test(RUN.exec(content)?.[2] ?? '')),
      `unit of ${role}`,
    );
    file.content = file.content.replace(RUN, (_, setting: string, line: string) => {
      const words = systemdWords(line.replaceAll(/([$%])\1(?=\{)/g, '$1'));
      edit(words);
      return setting + terraformText(commandLine(words));
    });
  });
}

/** Adds options to a container's `docker run`. */
export function addOptions(configuration: Configuration, role: Role, ...options: readonly string[]): void {
  editRun(configuration, role, (words) => words.splice(words.indexOf('run') + 1, 0, ...options));
}

/** Replaces a word, or takes it out. @throws when there is no such word, or more than one */
export function replaceWord(words: string[], which: RegExp, to: string | undefined): void {
  const word = the(
    words.filter((each) => which.test(each)),
    `word ${String(which)}`,
  );
  words.splice(words.indexOf(word), 1, ...(to === undefined ? [] : [word.replace(which, to)]));
}

/** Sets a variable of the server that is set already, or removes it. */
export function environment(configuration: Configuration, name: string, value: string | undefined): void {
  const option = `--env=${name}=`;
  const to = value === undefined ? undefined : option + value;
  editRun(configuration, 'restate', (words) => replaceWord(words, new RegExp(`^${option}.*$`), to));
}

/** Parses the bootstrap of the proxy's argument, lets it be edited in place, and puts it back. */
export function editBootstrap(configuration: Configuration, edit: (bootstrap: Node) => void): void {
  editRun(configuration, 'envoy', (words) => {
    const index = words.indexOf('--config-yaml') + 1;
    const bootstrap = JSON.parse(words[index] ?? '') as Node;
    edit(bootstrap);
    words[index] = JSON.stringify(bootstrap);
  });
}
