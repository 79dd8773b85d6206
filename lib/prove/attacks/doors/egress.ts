import type { Attack, Attempt, Observation, PlaceName } from '../../attack';
import { publicHttpsGroups } from '../../../claims/accepted-risks';
import type { Deployment } from '../../deployment';
import { connectionOutcome } from './connection-refusal';
import { REGISTRATION_OF_SERVICE, type RegistrationTarget, rehearseRaw, tryRegistration } from './registration';
import { tryEach } from '../variants';

/** The way out, by registration (the server itself calls) and from another process of its task. */
export const EGRESS_ATTACKS: readonly Attack[] = [
  {
    id: 'registration-of-public-address',
    claim: 'egress-closed',
    from: 'task',
    attempt: 'registration of a public address, by break-glass, over IPv4 and IPv6',
    expected: "refused by the task's security group or the machine's firewall rules, or for want of a route",
    run: (deployment) => registerEach(deployment, publicTargets(deployment)),
    control: REGISTRATION_OF_SERVICE,
  },
  {
    id: 'task-to-public-address',
    claim: 'egress-closed',
    from: 'task',
    attempt: 'connections to a public address, over IPv4 and IPv6',
    expected: "refused by the task's security group or the machine's firewall rules, or for want of a route",
    run: (deployment) => connectEach(deployment, 'internet'),
    control: connectionToService(),
  },
  {
    id: 'registration-of-neighbour',
    claim: 'internal-endpoints-unreachable',
    from: 'task',
    attempt:
      'registration of other hosts of the network, by break-glass, over IPv4 and IPv6, in every spelling that the server takes, and of what is no host',
    expected:
      "refused by the task's security group or the machine's firewall rules, and by the server where it is no host",
    run: async (deployment) => {
      const hosts = await registerEach(deployment, NEIGHBOURS);
      return hosts.succeeded || hosts.refusedBy === undefined ? hosts : registerNoHost(deployment, hosts);
    },
    control: REGISTRATION_OF_SERVICE,
  },
  {
    id: 'task-to-neighbour',
    claim: 'internal-endpoints-unreachable',
    from: 'task',
    attempt: 'connections to a neighbour in the network, over IPv4 and IPv6',
    expected: "refused by the task's security group or the machine's firewall rules",
    run: (deployment) => connectEach(deployment, 'stranger'),
    control: connectionToService(),
  },
];

const NEIGHBOURS: readonly RegistrationTarget[] = [
  { place: 'stranger', family: 4 },
  { place: 'stranger', family: 6 },
  { place: 'stranger', family: 4, port: 443 },
  // the service's host, past the one port that it serves on
  { place: 'service', family: 4 },
  ...[
    { http11: false },
    { scheme: 'https' },
    { scheme: 'gopher', http11: false },
    { userInfo: 'admin:password' },
    { path: '/latest/?x=1#' },
  ].map((form) => ({ place: 'stranger', family: 4, form }) as const),
];

/** URIs that name no host and port. The server takes any scheme, and calls whatever has those two. */
const NO_HOSTS = ['file:///etc/passwd', 'file://localhost/etc/passwd', 'unix:///tmp/x.sock', 'data:,x'];

/** Public https over IPv4 is left out where a remote key set needs it: that is reported as an accepted risk. */
function publicTargets(deployment: Deployment): readonly RegistrationTarget[] {
  const accepted = publicHttpsGroups(deployment).length > 0;
  const https: readonly RegistrationTarget[] = accepted ? [] : [{ place: 'internet', family: 4, port: 443 }];
  return [
    { place: 'internet', family: 4 },
    { place: 'internet', family: 4, form: { scheme: 'https' } },
    { place: 'internet', family: 6 },
    ...https,
  ];
}

function registerEach(deployment: Deployment, targets: readonly RegistrationTarget[]): Promise<Observation> {
  return tryEach(
    targets.map((target) => ({
      name: spell(target),
      run: () => tryRegistration(deployment, target),
    })),
  );
}

function spell({ place, family, port, form }: RegistrationTarget): string {
  const spelled = Object.entries(form ?? {}).map(([name, value]) => ` with ${name} ${String(value)}`);
  return `${place} over IPv${family}${port === undefined ? '' : ` on ${port}`}${spelled.join('')}`;
}

async function registerNoHost(deployment: Deployment, hosts: Observation): Promise<Observation> {
  const others = await tryEach(
    NO_HOSTS.map((uri) => ({
      name: uri,
      run: async () => {
        const said = await rehearseRaw(deployment, { uri });
        const [status = ''] = /^\d{3}/.exec(said) ?? [];
        const read = status.startsWith('2') || said.includes('root:');
        if (read) return { succeeded: true, observed: `answered ${status}` };
        return { succeeded: false, observed: said, ...(status !== '' && { refusedBy: `restate: ${status}` }) };
      },
    })),
  );
  if (others.succeeded || others.refusedBy === undefined) return others;
  return {
    succeeded: false,
    observed: `${hosts.observed}; ${others.observed}`,
    refusedBy: [hosts.refusedBy, others.refusedBy].join(', '),
  };
}

async function connectEach(deployment: Deployment, to: PlaceName): Promise<Observation> {
  const target = deployment.place(to);
  return tryEach(
    [target.address, target.address6].map((address) => ({
      name: address.includes(':') ? 'IPv6' : 'IPv4',
      run: async () => {
        const canary = await target.listen({ address, port: 0, answer: '' });
        try {
          return await connect(deployment, address, canary.port);
        } finally {
          await canary.close();
        }
      },
    })),
  );
}

function connectionToService(): Attempt {
  return {
    from: 'task',
    attempt: 'a connection to the registered service',
    run: (deployment) => connect(deployment, deployment.service.address, deployment.service.port),
  };
}

async function connect(deployment: Deployment, address: string, port: number): Promise<Observation> {
  const place = deployment.place('task');
  const report = await place.probe({ kind: 'raw', address, port, chunks: [], timeoutMs: 1200 });
  return connectionOutcome(deployment, { place, address, port, report });
}
