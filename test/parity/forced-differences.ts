import { publicAddresses } from '../../lib/core/public-addresses';
import { metadataCluster, metadataListener } from '../../lib/proxy/metadata-listener';
import { ledTo, wayIn, wayOut } from './flow-lines';
import type { ParityModel } from './model';
import { SERVICES } from './on-google';
import { linesOf } from './proxy-lines';

/** What is so on one cloud and not on the other, because of what the clouds are: exactly these facts, and the reason. */
export interface ForcedDifference {
  readonly name: string;
  readonly because: string;
  readonly aws: (model: ParityModel) => readonly string[];
  readonly google: (model: ParityModel) => readonly string[];
}

const INGRESS = 'ingress of the proxy';
const ADMIN = 'admin of the proxy';
const FRONT_ENDS = ['35.191.0.0/16', '130.211.0.0/22'];
const PROBES_OF_EXTERNAL = ['209.85.152.0/22', '209.85.204.0/22'];
const METADATA = { port: 8079, impersonates: false };

/** Everything in which a model on AWS and the same on Google Cloud may differ. */
export const FORCED_DIFFERENCES: readonly ForcedDifference[] = [
  {
    name: 'balancers of AWS have addresses of their own',
    because: 'packets come to the task from the balancer, and to a machine of Google from whom they are of',
    aws: ({ admin }) => [
      ...wayIn({ door: INGRESS, protocol: 'tcp', port: 8443, source: 'balancer Balancer' }),
      ...(admin === undefined ? [] : reached(ADMIN, 'balancer AdminBalancer')),
    ],
    google: () => [],
  },
  {
    name: 'the port of operators',
    because: 'doors of AWS are balancers, each with a port 443; those of Google share the ports of one machine',
    aws: ({ admin }) => (admin === undefined ? [] : [`in: ${ADMIN} stands at tcp 443`, led(ADMIN, 443, 'internal')]),
    google: ({ admin }) => (admin === undefined ? [] : [led(ADMIN, 8444, 'internal')]),
  },
  {
    name: 'who asks after health',
    because: 'the balancer itself does on AWS, and machines of Google that stand in no network of its customers',
    aws: ({ admin }) => [
      ...reached('health', 'balancer Balancer'),
      ...(admin === undefined ? [] : reached('health', 'balancer AdminBalancer')),
    ],
    google: ({ from, certificate }) => [
      ...FRONT_ENDS.flatMap((source) => reached('health', source)),
      ...(from === 'internet' && certificate === 'proxy' ? PROBES_OF_EXTERNAL : []).flatMap((source) =>
        reached('health', source),
      ),
    ],
  },
  {
    name: 'everybody',
    because:
      'scanners of CDK refuse a group that is open to every address, so that AWS names those of the internet, from which everybody comes',
    aws: ({ from }) =>
      from === 'internet' ? [...publicAddresses(), '2000::/3'].flatMap((each) => reached(INGRESS, each)) : [],
    google: ({ from, certificate }) =>
      from === 'internet'
        ? ['0.0.0.0/0', ...(certificate === 'balancer' ? ['::/0'] : [])].flatMap((each) => reached(INGRESS, each))
        : [],
  },
  {
    name: 'IPv6',
    because:
      'addresses before a machine of Google are of IPv4 alone, and a peer that could not arrive is refused there',
    aws: ({ from, certificate }) => {
      if (certificate === 'balancer' || from === 'internet') return [];
      const six = from.blocks.filter(isOfSix);
      const isAlone = six.length > 0 && six.length === from.blocks.length && from.workloads.length === 0;
      return [
        ...six.flatMap((source) => reached(INGRESS, source)),
        ...(isAlone ? [`in: ${INGRESS} stands at tcp 443`, led(INGRESS, 443, 'internal')] : []),
      ];
    },
    google: () => [],
  },
  {
    name: "Google's balancer of HTTP",
    because:
      'a certificate of the balancer is one of HTTP on Google and one of TCP on AWS: the firewall sees its front ends, and a policy of the balancer who calls; it stands on the internet, whoever may call',
    aws: ({ from, certificate }) => (certificate === 'balancer' ? [...hops(0), ...inside(from)] : []),
    google: ({ certificate, from }) =>
      certificate === 'balancer'
        ? [
            ...hops(2),
            ...FRONT_ENDS.flatMap((source) => reached(INGRESS, source)),
            ...(from === 'internet' ? [] : [led(INGRESS, 443, 'internet-facing')]),
          ]
        : [],
  },
  {
    name: 'services',
    because: 'services of AWS wear a group, and those of Google that are called by address stand in a block',
    aws: () => [wayOut({ who: 'server', protocol: 'tcp', ports: '9080', to: 'group Services' })],
    google: () => [wayOut({ who: 'server', protocol: 'tcp', ports: '9080', to: SERVICES.cidr })],
  },
  {
    name: "the way to the cloud's own services",
    because:
      'endpoints of AWS are reached by the machine below the task; those of Google by the one machine there is, unless every public address is, which theirs are among',
    aws: () => [wayOut({ who: 'machine', protocol: 'tcp', ports: '443', to: 'group Endpoints' })],
    google: ({ fetches }) =>
      fetches ? [] : [wayOut({ who: 'server', protocol: 'tcp', ports: '443', to: '199.36.153.4/30' })],
  },
  {
    name: 'where certificates are kept',
    because: 'a secret of AWS is a variable of the container, and one of Google a file in memory of the machine',
    aws: ({ certificate, admin }) => [
      ...(certificate === 'proxy'
        ? certificates('ingress', 'environment_variable', 'TLS_CERTIFICATE', 'TLS_PRIVATE_KEY')
        : []),
      ...(admin === undefined ? [] : files('admin', '')),
    ],
    google: ({ certificate, admin }) => [
      ...(certificate === 'proxy' ? files('ingress', '') : []),
      ...(admin === undefined ? [] : files('admin', 'admin-')),
    ],
  },
  {
    name: 'the metadata server',
    because: 'private services of Cloud Run are called with ID tokens, which the server gets through the proxy',
    aws: () => [],
    google: () => [
      ...linesOf(metadataListener(METADATA), 'proxy/static_resources/listeners/metadata'),
      ...linesOf(metadataCluster(METADATA), 'proxy/static_resources/clusters/metadata'),
    ],
  },
];

export function isOfSix(block: string): boolean {
  return block.includes(':');
}

/** Of the two lines of a way in the one that says who. */
function reached(door: string, source: string): readonly string[] {
  return [`in: ${door} is reached over tcp by ${source}`];
}

function led(door: string, port: number, scheme: 'internal' | 'internet-facing'): string {
  return ledTo(door, { balancer: { scheme }, listener: { port } });
}

function inside(from: ParityModel['from']): readonly string[] {
  return from === 'internet' ? [] : [led(INGRESS, 443, 'internal')];
}

function hops(trusted: number): readonly string[] {
  return [
    `proxy/static_resources/listeners/ingress/filter_chains/0/filters/0/typed_config/xff_num_trusted_hops = ${trusted}`,
  ];
}

function files(listener: string, prefix: string): readonly string[] {
  const folder = '/run/portcullis/tls';
  return certificates(listener, 'filename', `${folder}/${prefix}cert.pem`, `${folder}/${prefix}key.pem`);
}

function certificates(listener: string, field: string, chain: string, key: string): readonly string[] {
  const place = `proxy/static_resources/listeners/${listener}/filter_chains/0/transport_socket/typed_config/common_tls_context/tls_certificates/0`;
  return [
    `${place}/certificate_chain/${field} = ${JSON.stringify(chain)}`,
    `${place}/private_key/${field} = ${JSON.stringify(key)}`,
  ];
}
