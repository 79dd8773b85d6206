import { extension, type Node, nodes, removeExtension } from '../../envoy';
import { listenerTo } from '../../listener-of-operators';
import { the } from '../../template';
import { editBootstrap, editFile, environment } from '../machine';
import type { GoogleMutant } from '../mutant';

const METADATA_PORT = 80;
const GUARD = /^.*nsenter .*169\.254\.169\.254.*\n/m;

/** The ways of the containers to the machine's metadata server. */
export const METADATA_MUTANTS: readonly GoogleMutant[] = [
  ...(['registration-of-metadata', 'metadata-from-task'] as const).map((attack): GoogleMutant => ({
    id: `metadata-open-for-${attack}`,
    guard: "the machine's rule against the metadata server",
    attack,
    edit: (configuration) => editFile(configuration, GUARD, ''),
  })),
  {
    id: 'metadata-server-asked-past-the-proxy',
    guard: "the proxy between the server and the metadata server, and the machine's rule,",
    attack: 'metadata-from-task',
    edit: (configuration) => {
      environment(configuration, 'GCE_METADATA_HOST', '169.254.169.254');
      editFile(configuration, GUARD, '');
    },
  },
  ...(['metadata-listener-paths', 'registration-of-metadata-listener'] as const).map((attack): GoogleMutant => ({
    id: `paths-by-their-beginning-for-${attack}`,
    guard: "the end of the paths of the proxy's listener for the metadata server",
    attack,
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) => {
        const path = the(
          rulesOf(bootstrap).filter((rule) => isHeader(rule, ':path')),
          'path',
        );
        const header = path['header'] as Node;
        header['string_match'] = { prefix: '/computeMetadata/v1/instance/service-accounts/' };
      }),
  })),
  {
    id: 'metadata-listener-without-rules',
    guard: "the filter of the proxy's listener for the metadata server",
    attack: 'metadata-listener-paths',
    example: 'Storefront',
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) => {
        for (const each of Object.values(policiesOf(bootstrap))) each['permissions'] = [{ any: true }];
      }),
  },
  {
    id: 'body-for-the-metadata-server',
    guard: "the largest body of the proxy's listener for the metadata server",
    attack: 'metadata-listener-paths',
    edit: (configuration) =>
      editBootstrap(configuration, (bootstrap) =>
        removeExtension(listenerTo(bootstrap, METADATA_PORT), 'BodySizeLimit'),
      ),
  },
];

function policiesOf(bootstrap: Node): Record<string, Node> {
  const { rules } = extension(listenerTo(bootstrap, METADATA_PORT), 'RBAC') as { rules: Node };
  return rules['policies'] as Record<string, Node>;
}

function rulesOf(bootstrap: Node): Node[] {
  return nodes(policiesOf(bootstrap)).filter((node) => 'header' in node);
}

function isHeader(rule: Node, name: string): boolean {
  return (rule['header'] as { name?: string }).name === name;
}
