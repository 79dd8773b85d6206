import type { Intent, IntendedPeer } from '../../artifact/intent';
import { isOnGoogle } from '../by-cloud';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { AddressSet } from '../network/address-set';
import { PUBLIC } from '../network/breadth';
import { comersOnAws } from './comers-on-aws';
import { comersOnGoogle } from './comers-on-google';
import { intentClaim, listed } from './intent-claim';

/** Somebody whom the rules before a door let through. */
export interface Comer {
  /** Blocks, or what the cloud calls a workload. */
  readonly who: AddressSet | { readonly name: string; readonly isMeant: boolean | 'unknown' };
  /** The port, and the rules. */
  readonly witness: string;
}

/** Those who come to a door, and on what that rests. */
export interface Comers {
  readonly comers: readonly Comer[];
  readonly restsOn: readonly string[];
}

/** Whether those come to the door of operators who were named, and nobody else. */
export const OPERATORS_AS_MEANT: CheckedClaim = intentClaim('admin-closed', (intent, deployment) => [
  judge(intent, deployment, 'admin'),
]);

/** Whether those come to the door of callers who were named, and nobody else; operators alike. */
export const PEERS_AS_MEANT: CheckedClaim = intentClaim('rules-exact', (intent, deployment) =>
  (['ingress', 'admin'] as const).map((door) => judge(intent, deployment, door)),
);

function judge(intent: Intent, deployment: CheckedDeployment, door: 'ingress' | 'admin'): Finding {
  const { artifact, server } = deployment;
  const subject = server?.host.id ?? artifact.name;
  const meant = intent[door]?.peers ?? [];
  const everybody = meant === 'internet';
  // there is one rule for everybody on Google, whose front ends come from addresses of their own
  if (everybody && isOnGoogle(artifact)) {
    return { verdict: 'not-applicable', subject, evidence: 'everybody may come, as was asked for' };
  }
  const peers = everybody ? [] : meant;
  const blocks = everybody
    ? PUBLIC
    : AddressSet.unionOf(peers.flatMap(({ cidr = '' }) => AddressSet.parse(cidr) ?? []));
  const { comers, restsOn } = (isOnGoogle(artifact) ? comersOnGoogle : comersOnAws)(deployment, door, peers);
  const named = everybody ? 'the internet' : peers.length === 0 ? 'nobody' : listed(peers.map(describe));
  const asked = `where ${named} was asked for`;
  const wrong = comers.flatMap(({ who, witness }) => {
    if (!(who instanceof AddressSet)) return who.isMeant === false ? [`${who.name} (${witness}), ${asked}`] : [];
    const more = who.subtract(blocks);
    return more.isEmpty ? [] : [`${more.describe()} (${witness}), ${asked}`];
  });
  const open = comers.flatMap(({ who, witness }) =>
    !(who instanceof AddressSet) && who.isMeant === 'unknown'
      ? [`${who.name} (${witness}), ${asked}: not comparable`]
      : [],
  );
  const what = door === 'admin' ? "to the operators' door" : "to the callers' door";
  const evidence = wrong.length > 0 ? wrong : open;
  return {
    verdict: wrong.length > 0 ? 'broken' : open.length > 0 ? 'unproven' : 'holds',
    subject,
    evidence:
      evidence.length > 0
        ? `${what} come ${[...new Set(evidence)].join('; ')}`
        : `${what} comes ${named === 'nobody' ? named : `nobody but ${named}`}, as was asked for`,
    restsOn,
  };
}

function describe(peer: IntendedPeer): string {
  return Object.values(peer).flat().join(', ');
}
