import type { Balancer } from '../../../artifact/artifact';
import type { FrontRule } from '../../../artifact/front-settings';
import { sameText } from '../../../artifact/same-text';
import type { Finding } from '../../finding';
import { broken, unproven, type Wrong, worst } from '../../server/wrong';
import type { GoogleServer } from './google-server';

/** Profiles of ciphers that somebody keeps free of weak ones. */
const PROFILES = ['RESTRICTED', 'MODERN', 'FIPS_202205'];
/** Forward secrecy, and a cipher that protects what it encrypts. */
const STRONG = /^TLS_(?:ECDHE_(?:ECDSA|RSA)_WITH_)?(?:AES_(?:128|256)_GCM|CHACHA20_POLY1305)_SHA(?:256|384)$/;

/** `tls-outside`: which ciphers balancers take, how soon, and what they speak to the machine. */
export function decideFrontTls(server: GoogleServer): readonly Finding[] {
  return frontsOf(server).map(({ balancer, rule }) =>
    finding(
      balancer.id,
      [...(rule?.tls === undefined ? [] : tlsFaults(balancer.id, rule.tls)), ...plainTargets(server, balancer)],
      `${balancer.id} takes strong ciphers alone, and nothing before a handshake has ended`,
    ),
  );
}

/** `ingress-authenticated`: what the proxy answered one who showed a credential is kept for nobody else. */
export function decideFrontCaches(server: GoogleServer): readonly Finding[] {
  const services = server.vpc.fronts?.services ?? [];
  return frontsOf(server).map(({ balancer }) => {
    const behind = new Set(balancer.listeners.flatMap(({ targets }) => targets.map(({ group }) => group)));
    const caching = services.filter(({ id, caches }) => behind.has(id) && caches !== false);
    return finding(
      balancer.id,
      caching.map(({ id, caches }) =>
        caches === true
          ? broken(`${id} keeps answers, and gives them to whoever asks next without asking the proxy (enable_cdn)`)
          : unproven(`whether ${id} keeps answers is not known from the file (enable_cdn)`),
      ),
      `${balancer.id} keeps no answers`,
    );
  });
}

/** `no-public-address`: what is internal has no address of the internet by another way. */
export function decideFrontAddresses(server: GoogleServer): readonly Finding[] {
  const given = (server.vpc.fronts?.addresses ?? []).filter(({ hosts }) => hosts.includes(server.host.id));
  return [
    ...given.map(({ id }) =>
      finding(id, [broken(`${id} gives the machine an address of the internet (external_ip)`)], ''),
    ),
    ...frontsOf(server).map(({ balancer, rule }) =>
      finding(
        balancer.id,
        rule?.facesInternet === true
          ? [broken(`${balancer.id} says that it is internal, and its address or what it leads to is EXTERNAL`)]
          : [],
        `${balancer.id} is what it says`,
      ),
    ),
  ];
}

/** `rules-exact`: a balancer takes callers of the regions in which its network has any. */
export function decideFrontRegions(server: GoogleServer): readonly Finding[] {
  const own = server.vpc.subnets.filter(
    ({ network }) => network !== undefined && sameText(network, server.instance.network) === true,
  );
  const regions = new Set(own.map(({ region }) => region));
  const isOne = regions.size === 1 && !regions.has(undefined);
  return frontsOf(server).map(({ balancer, rule }) =>
    finding(
      balancer.id,
      isOne && rule?.isGlobal === true
        ? [
            broken(
              `${balancer.id} takes callers of every region (allow_global_access), and its network is in ${[...regions].join('')} alone`,
            ),
          ]
        : [],
      `${balancer.id} takes callers of no more regions than there are`,
    ),
  );
}

function tlsFaults(id: string, { profile, ciphers, earlyData }: NonNullable<FrontRule['tls']>): readonly Wrong[] {
  const early =
    earlyData === 'DISABLED'
      ? []
      : [
          earlyData === 'unknown'
            ? unproven(`whether ${id} takes requests before a handshake has ended is not known`)
            : broken(
                `${id} takes requests before a handshake has ended (tls_early_data ${earlyData}), which anybody may send again`,
              ),
        ];
  return [...early, ...profileFaults(id, profile, ciphers)];
}

function profileFaults(
  id: string,
  profile: string,
  ciphers: NonNullable<FrontRule['tls']>['ciphers'],
): readonly Wrong[] {
  // a policy that is not in the file, or none, is told with its version
  if (PROFILES.includes(profile) || profile === 'unknown') return [];
  if (profile === 'COMPATIBLE') return [broken(`${id} takes ciphers without forward secrecy (profile COMPATIBLE)`)];
  if (profile !== 'CUSTOM' || ciphers === 'unknown')
    return [unproven(`which ciphers ${id} takes is not known (profile ${profile})`)];
  const weak = ciphers.filter((cipher) => !STRONG.test(cipher));
  return weak.length === 0 && ciphers.length > 0
    ? []
    : [broken(`${id} takes ${weak.join(', ') || 'no cipher'} (profile CUSTOM)`)];
}

/** Google's front ends speak to machines over the network of whoever has it. */
function plainTargets({ host }: GoogleServer, { id, type, listeners }: Balancer): readonly Wrong[] {
  if (type === 'passthrough') return [];
  const plain = listeners.flatMap(({ targets }) =>
    targets.filter((target) => target.host === host.id && target.protocol === 'HTTP'),
  );
  return plain.map(({ group, port }) =>
    broken(`${group}, behind ${id}, speaks plain HTTP to port ${port} of ${host.id}`),
  );
}

function frontsOf({
  artifact,
  host,
  vpc,
}: GoogleServer): readonly { readonly balancer: Balancer; readonly rule: FrontRule | undefined }[] {
  return artifact.balancers
    .filter(({ listeners }) => listeners.some(({ targets }) => targets.some((target) => target.host === host.id)))
    .map((balancer) => ({ balancer, rule: vpc.fronts?.rules.find(({ id }) => id === balancer.id) }));
}

function finding(subject: string, wrong: readonly Wrong[], holds: string): Finding {
  return { subject, ...worst(wrong, holds), restsOn: [subject] };
}
