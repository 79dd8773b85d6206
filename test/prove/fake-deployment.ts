import type { Artifact, Container, Host } from '../../lib/artifact/artifact';
import type { Attack, Observation } from '../../lib/prove/attack';
import type { Grant } from '../../lib/prove/credentials/grants';
import type { Credentials, Deployment } from '../../lib/prove/deployment';

/** A container that runs restate-server, as small as it can be. */
export function container(overrides: Partial<Container> = {}): Container {
  return {
    name: 'restate',
    image: { text: ['example.com/restate:1.7.12'], tag: '1.7.12' },
    command: [['restate-server']],
    environment: {},
    secrets: {},
    readonlyRootFilesystem: true,
    privileged: false,
    capabilitiesDropped: ['ALL'],
    capabilitiesAdded: [],
    noNewPrivileges: true,
    tmpfs: [],
    mounts: [],
    dependsOn: [],
    essential: true,
    ...overrides,
  };
}

/** A task that runs it. */
export function host(overrides: Partial<Host> = {}): Host {
  return {
    id: 'Task',
    network: 'awsvpc',
    containers: [container()],
    volumes: [],
    groups: ['TaskGroup'],
    publicAddress: false,
    internetRoute: 'none',
    ...overrides,
  };
}

/** A stack that holds it. */
export function artifact(overrides: Partial<Artifact> = {}): Artifact {
  return {
    name: 'Stack',
    file: 'stack.json',
    hosts: [host()],
    balancers: [],
    groups: [],
    unreadable: [],
    ...overrides,
  };
}

/** A deployment without any process: attacks of these tests are scripted, so they ask nothing of it but this. */
export function fakeDeployment(overrides: Partial<Deployment> = {}): Deployment {
  return {
    artifact: artifact(),
    host: host(),
    secrets: {},
    slow: false,
    credentials: CREDENTIALS,
    ...overrides,
  } as Deployment;
}

const COUNTER: Grant = {
  kind: 'object',
  service: 'Counter',
  handler: 'add',
  scopes: [],
  certificates: [],
  everybody: true,
};

/** A good caller who has nothing to show. */
const CREDENTIALS: Credentials = {
  issuers: [],
  grants: [COUNTER],
  ungranted: [],
  target: COUNTER,
  revokedIds: [],
  good: () => ({}),
};

/** What an attempt of a scripted attack comes to; a function is called each time. */
export type Script = Observation | (() => Promise<Observation>);

/** An attack that does nothing but what it is told. */
export function scripted(attack: Script, control: Script, overrides: Partial<Attack> = {}): Attack {
  const play = (script: Script) => async (): Promise<Observation> => (typeof script === 'function' ? script() : script);
  return {
    id: 'scripted',
    claim: 'admin-closed',
    from: 'stranger',
    attempt: 'tries',
    expected: 'refused',
    run: play(attack),
    control: { from: 'stranger', attempt: 'tries what is allowed', run: play(control) },
    ...overrides,
  };
}

export const REFUSED: Observation = { succeeded: false, observed: 'no answer', refusedBy: 'firewall: TaskGroup' };
export const NAMELESS: Observation = { succeeded: false, observed: 'no answer' };
export const THROUGH: Observation = { succeeded: true, observed: 'got in' };
