import type { Container } from '../../../lib/artifact/artifact';

/** A container for which a template says nothing. */
export function aContainer(overrides: Partial<Container> = {}): Container {
  return {
    name: 'main',
    image: { text: ['example.com/anything:1@sha256:0'] },
    environment: {},
    secrets: {},
    readonlyRootFilesystem: false,
    privileged: false,
    capabilitiesDropped: [],
    capabilitiesAdded: [],
    noNewPrivileges: false,
    tmpfs: [],
    mounts: [],
    dependsOn: [],
    essential: true,
    ...overrides,
  };
}
