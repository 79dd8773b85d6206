import { addOptions, editFile, editRun, environment, replaceWord } from '../machine';
import type { GoogleMutant } from '../mutant';

const KEY = '/run/portcullis/secrets/identity.pem';

/** The containers, the secrets in them, and the server's configuration. */
export const WORKLOAD_MUTANTS: readonly GoogleMutant[] = [
  {
    id: 'server-as-root',
    guard: 'the user of the server',
    attack: 'containers-as-root',
    edit: (configuration) =>
      editRun(configuration, 'restate', (words) => {
        replaceWord(words, /^--user=.*/, '--user=0:0');
        // Root without capabilities could not read the files of other users.
        replaceWord(words, /^--cap-drop=ALL$/, undefined);
      }),
  },
  {
    id: 'server-in-group-root',
    guard: 'the group of the server',
    attack: 'containers-as-root',
    // A user that the image does not know is in group root when no group is said.
    edit: (configuration) =>
      editRun(configuration, 'restate', (words) => replaceWord(words, /^--user=.*/, '--user=65531')),
  },
  {
    id: 'capabilities-kept',
    guard: 'the dropped capabilities',
    attack: 'containers-with-capabilities',
    edit: (configuration) =>
      editRun(configuration, 'envoy', (words) => replaceWord(words, /^--cap-drop=ALL$/, undefined)),
  },
  {
    id: 'new-privileges',
    guard: 'the refusal of new privileges',
    attack: 'containers-with-capabilities',
    edit: (configuration) =>
      editRun(configuration, 'restate', (words) => replaceWord(words, /^--security-opt=.*/, undefined)),
  },
  {
    id: 'privileged',
    guard: 'the want of every privilege',
    attack: 'containers-with-capabilities',
    edit: (configuration) => addOptions(configuration, 'envoy', '--privileged'),
  },
  {
    id: 'writable-root',
    guard: 'the read-only root of the server',
    attack: 'container-root-written',
    edit: (configuration) =>
      editRun(configuration, 'restate', (words) => replaceWord(words, /^--read-only$/, undefined)),
  },
  ...(['identity-key-in-processes', 'secrets-in-processes'] as const).map((attack): GoogleMutant => ({
    id: `key-in-the-environment-for-${attack}`,
    guard: 'the file as the one place of the key',
    attack,
    edit: (configuration) =>
      inScript(configuration, 'exec ', 'KEY=$(cat /run/secrets/identity.pem)\nexport KEY\nexec '),
  })),
  {
    id: 'key-for-everybody',
    guard: 'the mode of the key file',
    attack: 'identity-key-on-disk',
    edit: (configuration) => editFile(configuration, 'chmod 0400 "$work"', 'chmod 0444 "$work"'),
  },
  {
    id: 'key-on-the-disk-of-the-machine',
    guard: 'memory as the place of the key file',
    attack: 'identity-key-on-disk',
    edit: (configuration) => {
      const onDisk = '/var/lib/portcullis/identity.pem';
      editFile(configuration, new RegExp(` ${KEY} `), ` ${onDisk} `);
      editRun(configuration, 'restate', (words) => replaceWord(words, new RegExp(KEY), onDisk));
    },
  },
  {
    id: 'key-on-the-data-disk',
    guard: 'memory as the place of what the server copies of its key',
    attack: 'identity-key-on-disk',
    edit: (configuration) =>
      inScript(configuration, 'exec ', 'cp /run/secrets/identity.pem /var/lib/restate/identity.pem\nexec '),
  },
  {
    id: 'script-traced',
    guard: "the entry script's silence",
    attack: 'secrets-in-logs',
    edit: (configuration) =>
      inScript(configuration, 'exec ', 'KEY=$(cat /run/secrets/identity.pem)\necho "$KEY"\nexec '),
  },
  {
    id: 'proxy-key-for-everybody',
    guard: "the mode of the proxy's key file",
    attack: 'proxy-key-readable',
    example: 'Storefront',
    edit: (configuration) =>
      editRun(configuration, 'certificate', (words) => words.push(`${words.pop()}\nchmod 0644 key.pem`)),
  },
  {
    id: 'proxy-key-on-disk',
    guard: "memory as the place of the proxy's key file",
    attack: 'proxy-key-readable',
    edit: (configuration) => {
      editFile(configuration, / \/run\/portcullis\/tls\/key\.pem /, ' /var/lib/portcullis/tls/key.pem ');
      addOptions(
        configuration,
        'envoy',
        '--mount=type=bind,source=/var/lib/portcullis/tls,target=/var/lib/portcullis/tls,readonly',
      );
      editRun(configuration, 'envoy', (words) => {
        const index = words.indexOf('--config-yaml') + 1;
        words[index] = (words[index] ?? '').replaceAll(
          '/run/portcullis/tls/key.pem',
          '/var/lib/portcullis/tls/key.pem',
        );
      });
    },
  },
  {
    id: 'variable-misspelt',
    guard: 'the exact name of a variable of the server',
    attack: 'configuration-ignored',
    edit: (configuration) =>
      editRun(configuration, 'restate', (words) =>
        replaceWord(words, /RESTATE_ADMIN__DISABLE_WEB_UI/, 'RESTATE_ADMIN__DISABLE_WEBUI'),
      ),
  },
  {
    id: 'web-ui-served',
    guard: "the switch against the server's web UI",
    attack: 'admin-ui-served',
    edit: (configuration) => environment(configuration, 'RESTATE_ADMIN__DISABLE_WEB_UI', 'false'),
  },
];

/** Replaces a text of the server's entry script. */
function inScript(configuration: Parameters<GoogleMutant['edit']>[0], from: string, to: string): void {
  editRun(configuration, 'restate', (words) => {
    const script = words.pop() ?? '';
    words.push(script.replace(from, () => to));
  });
}
