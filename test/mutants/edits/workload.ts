import type { Mutant } from '../mutant';
import { container, environment, type Properties, replaceText, some, task, type Template } from '../template';

/** The containers, the secrets in them, and the server's configuration. */
export const WORKLOAD_MUTANTS: readonly Mutant[] = [
  {
    id: 'all-as-root',
    guard: 'the users of the containers',
    attack: 'containers-as-root',
    edit: (template) => {
      for (const definition of task(template).ContainerDefinitions) {
        definition.User = '0:0';
        // Root without capabilities could not read the files of other users.
        delete (definition['LinuxParameters'] as Properties)['Capabilities'];
      }
    },
  },
  {
    id: 'server-in-group-root',
    guard: 'the group of the server',
    attack: 'containers-as-root',
    // A user that the image does not know is in group root when no group is said.
    edit: (template) => (container(template, 'restate').User = '65531'),
  },
  {
    id: 'capabilities-kept',
    guard: 'the dropped capabilities',
    attack: 'containers-with-capabilities',
    edit: (template) => delete (container(template, 'envoy')['LinuxParameters'] as Properties)['Capabilities'],
  },
  {
    id: 'new-privileges',
    guard: 'the refusal of new privileges',
    attack: 'containers-with-capabilities',
    edit: (template) => delete container(template, 'restate')['DockerSecurityOptions'],
  },
  {
    id: 'writable-root',
    guard: 'the read-only root of the server',
    attack: 'container-root-written',
    edit: (template) => (container(template, 'restate')['ReadonlyRootFilesystem'] = false),
  },
  ...(['identity-key-in-processes', 'secrets-in-processes'] as const).map((attack): Mutant => ({
    id: `key-stays-for-${attack}`,
    guard: 'the removal of the key from the environment of the server',
    attack,
    edit: (template) => script(template, 'restate', 'unset PORTCULLIS_IDENTITY_KEY\n', ''),
  })),
  {
    id: 'key-for-everybody',
    guard: 'the mode of the key file',
    attack: 'identity-key-on-disk',
    edit: (template) => script(template, 'restate', 'umask 077', 'umask 022'),
  },
  {
    id: 'key-on-the-data-volume',
    guard: 'memory as the place of the key file',
    attack: 'identity-key-on-disk',
    edit: (template) => {
      const server = container(template, 'restate');
      const folder = '/var/lib/restate/';
      server.Command = replaceText(server.Command, '/run/secrets/', folder);
      server.Environment = replaceText(server.Environment, '/run/secrets/', folder);
    },
  },
  {
    id: 'script-traced',
    guard: "the entry script's silence",
    attack: 'secrets-in-logs',
    edit: (template) => script(template, 'restate', 'set -eu', 'set -eux'),
  },
  {
    id: 'proxy-key-for-everybody',
    guard: "the mode of the proxy's key file",
    attack: 'proxy-key-readable',
    edit: (template) => script(template, 'certificate', /$/, '\nchmod 0644 key.pem'),
  },
  {
    id: 'proxy-key-on-disk',
    guard: "memory as the place of the proxy's key file",
    attack: 'proxy-key-readable',
    edit: (template) => {
      const volumes = task(template)['Volumes'] as { Host?: { SourcePath?: string } }[];
      for (const { Host: host } of some(
        volumes.filter(({ Host }) => Host?.SourcePath?.startsWith('/run/') === true),
        'volume in memory',
      )) {
        Object.assign(host ?? {}, { SourcePath: '/var/lib/portcullis/tls' });
      }
    },
  },
  {
    id: 'variable-misspelt',
    guard: 'the exact name of a variable of the server',
    attack: 'configuration-ignored',
    edit: (template) => {
      const server = container(template, 'restate');
      server.Environment = replaceText(
        server.Environment,
        'RESTATE_ADMIN__DISABLE_WEB_UI',
        'RESTATE_ADMIN__DISABLE_WEBUI',
      );
    },
  },
  {
    id: 'web-ui-served',
    guard: "the switch against the server's web UI",
    attack: 'admin-ui-served',
    edit: (template) => environment(template, 'RESTATE_ADMIN__DISABLE_WEB_UI', 'false'),
  },
];

function script(template: Template, role: 'restate' | 'certificate', from: string | RegExp, to: string): void {
  const edited = container(template, role);
  edited.Command = replaceText(edited.Command, from, to);
}
