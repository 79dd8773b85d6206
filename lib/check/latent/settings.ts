import type { RestateDeployment } from '../../artifact/role';
import { type Text, literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import { isLoopback } from '../network/listening';
import { boundListeners } from '../server/bound-listeners';
import { serverSettings } from '../server/server-settings';
import { broken, unproven } from '../server/wrong';
import { type Latent, latentClaim } from './latent-claim';

const LISTENERS = ['ingress', 'admin', 'fabric'] as const;
/** By these every request of a program goes where they say. */
const PROXIES = /^(?:https?|all)_proxy$/i;
/** Registries where everybody publishes; without a host it is the first of them. */
const OF_ANYBODY =
  /^(?:(?:(?:index|registry-1)\.)?docker\.io|ghcr\.io|quay\.io|gcr\.io|public\.ecr\.aws|[a-z0-9_-]+)\//;
const HOST = /^(?:https?:\/\/)?(?:\[(?<six>[^\]]+)\]|(?<four>[^/:]+))/;

/** What the server is told that harms nobody only for another thing that it is told. */
export const SETTING_CLAIMS: readonly CheckedClaim[] = [
  latentClaim('bind-narrow', (server) => [...boundButShut(server), ...advertised(server)]),
  latentClaim('egress-closed', proxied),
  latentClaim('fabric-mutual-tls', joined),
  latentClaim('disks-encrypted-own-key', copied),
  latentClaim('images-by-digest', foreign),
  latentClaim('admin-closed', ({ host }) =>
    (host.machine?.unmodelled ?? []).includes('KeyName')
      ? [
          {
            ...broken('KeyName lets whoever has that key open a shell beside the admin API'),
            subject: host.machine?.id ?? '',
          },
        ]
      : [],
  ),
  latentClaim('identity-key-by-reference', readByOthers),
  latentClaim('deploy-drains', askedElsewhere),
];

/** An address for everybody, kept from them by the mode of the listener alone. */
function boundButShut({ restate }: RestateDeployment): readonly Latent[] {
  const { settings } = serverSettings(restate);
  const shut = boundListeners(restate).listeners.filter(({ tcp }) => tcp === undefined);
  return shut.flatMap(({ listener }) => {
    const prefix = listener === 'fabric' ? '' : `${listener}.`;
    return [`${prefix}bind-address`, `${prefix}bind-ip`].flatMap((key) => {
      const setting = settings.get(key);
      const address = hostOf(setting?.value ?? '');
      return setting === undefined || (address !== undefined && isLoopback(address))
        ? []
        : [
            broken(
              `${setting.said} has the ${listener} listen on ${setting.value ?? 'an address that is not known'} as soon as its mode lets it`,
            ),
          ];
    });
  });
}

/** The server calls itself there, and tells others to. */
function advertised({ restate }: RestateDeployment): readonly Latent[] {
  const { settings } = serverSettings(restate);
  const { listeners } = boundListeners(restate);
  return LISTENERS.flatMap((listener) => {
    const tcp = listeners.find((each) => each.listener === listener)?.tcp;
    const isOwn = tcp === undefined || (tcp !== 'unknown' && isLoopback(tcp.address));
    const setting = settings.get(`${listener === 'fabric' ? '' : `${listener}.`}advertised-address`);
    if (!isOwn || setting === undefined || setting.value?.startsWith('unix:') === true) return [];
    // Callers find the ingress where the proxy is.
    if (listener === 'ingress' && setting.value?.startsWith('https:') === true) return [];
    const address = hostOf(setting.value ?? '');
    return address !== undefined && (address === 'localhost' || isLoopback(address))
      ? []
      : [
          broken(
            `${setting.said} sends those who look for the ${listener} to ${setting.value ?? 'what is not known'}, where it does not listen`,
          ),
        ];
  });
}

function proxied({ host }: RestateDeployment): readonly Latent[] {
  if (host.instance !== undefined) return [];
  return host.containers.flatMap(({ name, environment, secrets }) =>
    [...Object.keys(environment), ...Object.keys(secrets)]
      .filter((variable) => PROXIES.test(variable))
      .map((variable) =>
        broken(
          `container ${name} is given ${variable}: what it sends goes by whoever answers at ${said(environment[variable])}`,
        ),
      ),
  );
}

/** A server that keeps its metadata with others, or looks for nodes elsewhere, is of their cluster. */
function joined({ restate }: RestateDeployment): readonly Latent[] {
  const { settings } = serverSettings(restate);
  const type = settings.get('metadata-client.type');
  const addresses = settings.get('metadata-client.addresses') ?? settings.get('metadata-client.address');
  const mode = settings.get('tls.mode');
  if (mode?.value === 'require') return [];
  const hosts = (addresses?.value ?? '').split(',').map((each) => hostOf(each.replaceAll(/[[\]"'\s]/g, '')) ?? '');
  return [
    ...(type === undefined || type.value === 'replicated'
      ? []
      : [
          broken(
            `${type.said} keeps the cluster's metadata in ${type.value ?? 'what is not known'}, and whoever writes there rules the server`,
          ),
        ]),
    ...(addresses === undefined || hosts.every((each) => each === 'localhost' || isLoopback(each))
      ? []
      : [
          broken(
            `${addresses.said} has the server join whoever answers at ${addresses.value ?? 'an address that is not known'}, without certificates`,
          ),
        ]),
  ];
}

/** Copies of the partitions, which hold what the journal does. */
function copied(
  { restate }: RestateDeployment,
  { artifact }: { artifact: { stores?: readonly { id: string; kind: string }[] } },
): readonly Latent[] {
  const { settings } = serverSettings(restate);
  const setting = settings.get('worker.snapshots.destination');
  if (setting?.value === undefined) {
    const text = restate.environment['RESTATE_WORKER__SNAPSHOTS__DESTINATION'];
    const named = (text ?? []).flatMap((part) => (typeof part === 'string' ? [] : [part.logicalId]));
    const isOwn = (artifact.stores ?? []).some(({ id, kind }) => kind === 'bucket' && named.includes(id));
    return setting === undefined || isOwn
      ? []
      : [unproven(`${setting.said} copies partitions to a place that is not in the file`)];
  }
  return /^(?:s3|gs|az):/.test(setting.value)
    ? [
        unproven(
          `${setting.said} copies partitions to ${setting.value}, of which the file does not say how it is encrypted`,
        ),
      ]
    : [];
}

/** A digest says that nobody exchanges an image, not whose it is. What lies in a registry of one's own, somebody put there. */
function foreign({ restate, envoy }: RestateDeployment): readonly Latent[] {
  const of = [
    { container: restate, maker: /(?:^|\/)restatedev\/restate(?:-server)?$/ },
    ...(envoy === undefined ? [] : [{ container: envoy, maker: /(?:^|\/)envoyproxy\/envoy(?:-\w+)?$/ }]),
  ];
  return of.flatMap(({ container: { name, image }, maker }) => {
    const repository = said(image.text)
      .replace(/@[^@/]*$/, '')
      .replace(/:[^:/]*$/, '');
    return maker.test(repository) || !OF_ANYBODY.test(repository)
      ? []
      : [unproven(`container ${name} runs ${repository}, of which nothing says that it is what its makers publish`)];
  });
}

/** Of options that are said twice the kernel takes the last. */
function readByOthers({ host, restate }: RestateDeployment): readonly Latent[] {
  if (host.instance !== undefined) return [];
  return restate.tmpfs.flatMap(({ path, options }) =>
    options
      .filter((option) => option.startsWith('mode=') && !/^mode=0?[0-7]00$/.test(option))
      .map((option) => broken(`the memory at ${path} is made with ${option}: others than the server may read it`)),
  );
}

/** Health that is asked for at a socket which the server does not make is never good. */
function askedElsewhere({ restate }: RestateDeployment): readonly Latent[] {
  const words = (restate.healthCheck ?? []).map((word) => literal(word) ?? '');
  const socket = words[words.indexOf('--unix-socket') + 1];
  const sockets = boundListeners(restate).listeners.flatMap(({ unixSocket }) => unixSocket ?? []);
  return words.includes('--unix-socket') && socket !== undefined && !sockets.includes(socket)
    ? [broken(`health is asked for at ${socket}, where the server makes no socket (${sockets.join(', ') || 'none'})`)]
    : [];
}

function hostOf(address: string): string | undefined {
  const { six, four } = HOST.exec(address)?.groups ?? {};
  return six ?? four;
}

function said(text: Text | undefined): string {
  return (text ?? []).map((part) => (typeof part === 'string' ? part : `\${${part.logicalId}}`)).join('');
}
