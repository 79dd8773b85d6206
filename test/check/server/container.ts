import type { Container } from '../../../lib/artifact/artifact';
import type { Text } from '../../../lib/artifact/text';
import { renderEntryScript } from '../../../lib/restate/entry-script';
import { renderServerEnvironment } from '../../../lib/restate/server-environment';

/** A container of a server as constructs make it, with other variables, and what else a test says. */
export function serverContainer(
  variables: Readonly<Record<string, string | Text | undefined>> = {},
  more: Partial<Container> = {},
): Container {
  const rendered = renderServerEnvironment({ version: '1.7.12', clusterName: 'orders' });
  return { ...bareContainer({ ...rendered, ...variables }), command: [[renderEntryScript()]], ...more };
}

/** A container that is told nothing but these variables. */
export function bareContainer(
  variables: Readonly<Record<string, string | Text | undefined>> = {},
  more: Partial<Container> = {},
): Container {
  const environment = Object.entries(variables).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, typeof value === 'string' ? [value] : value] as const],
  );
  return {
    name: 'restate',
    image: { text: ['restate:1.7.12'], tag: '1.7.12' },
    entryPoint: [['/bin/sh'], ['-c']],
    command: [['exec restate-server']],
    environment: Object.fromEntries(environment),
    secrets: {},
    user: '65531:65531',
    readonlyRootFilesystem: true,
    privileged: false,
    capabilitiesDropped: ['ALL'],
    capabilitiesAdded: [],
    noNewPrivileges: true,
    tmpfs: [],
    mounts: [],
    dependsOn: [],
    essential: true,
    ...more,
  };
}
