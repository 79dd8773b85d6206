import ipaddr from 'ipaddr.js';
import type { CheckedClaim } from '../checked-claim';
import { boundListeners } from './bound-listeners';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { broken, unproven, worst } from './wrong';

/** What the fabric has to be told, and what counts as told. `undefined` for anything that is there. */
const DEMANDS: readonly (readonly [key: string, wanted: RegExp, why: string])[] = [
  ['tls.mode', /^require$/, 'another mode takes connections without TLS, too'],
  ['tls.require-client-auth', /^true$/, 'whoever trusts its certificate connects without one'],
  ['tls.ca-files', /[^[\],\s]/, 'no authority says whose certificates are good'],
  ['tls.cert-file', /./, 'it has no certificate'],
  ['tls.key-file', /./, 'it has no private key'],
  [
    'tls.allowed-subject-names',
    /^(?!.*(?:^|[[,\s"'])\*(?:[\],\s"']|$)).*[^[\],\s]/,
    'any name of the authority connects',
  ],
];

/** Decides whether whoever reaches the fabric has to show a certificate of the cluster. */
export const FABRIC_MUTUAL_TLS: CheckedClaim = serverClaim('fabric-mutual-tls', ({ restate }) => {
  const { settings, doubt } = serverSettings(restate);
  const fabric = boundListeners(restate).listeners.find(({ listener }) => listener === 'fabric');
  const at = fabric?.tcp;
  if (doubt === undefined && (at === undefined || (at !== 'unknown' && isLoopback(at.address)))) {
    const where = at === undefined ? 'a unix socket alone' : `${at.address} alone`;
    return {
      verdict: 'not-applicable',
      evidence: `a single node: its fabric listens on ${where} (${fabric?.said ?? ''}), where no other node reaches it`,
    };
  }
  const place =
    at === undefined || at === 'unknown'
      ? 'where only the cloud knows'
      : `on ${at.address.includes(':') ? `[${at.address}]` : at.address}:${at.port}`;
  return worst(
    [
      ...DEMANDS.map(([key, wanted, why]) => {
        const setting = settings.get(key);
        if (setting !== undefined && setting.value === undefined)
          return unproven(`${setting.said} only the cloud knows`);
        if (wanted.test(setting?.value ?? '')) return undefined;
        const missing = `the fabric listens ${place} (${fabric?.said ?? ''}) and ${setting?.said ?? `nothing`} says ${key}: ${why}`;
        return doubt === undefined || setting !== undefined ? broken(missing) : unproven(missing);
      }),
      doubt === undefined ? undefined : unproven(doubt),
    ],
    `the fabric listens ${place} and takes certificates of the cluster alone, of names that it lists`,
  );
});

function isLoopback(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';
}
