import type { Instance } from '../../artifact/artifact';
import { METADATA_ADDRESS } from './links';
import { chain, recordRules, refusalSets } from './refusal-record';

/** Who refuses what the guard does, for the packet mark 1. */
export const GUARD_REFUSERS: readonly string[] = ['guest firewall (out)'];
/** Google's resolver has the address of its metadata service. */
const DNS = 53;

/**
 * What a machine of Google does with packets, as nftables rules for the namespace that stands for its containers' network: a published
 * port leads to a port of theirs, from within as from without, and the guest's own firewall keeps users from the metadata service.
 *
 * @param guarded whether the guard is set at all
 */
export function renderMachineRules({ published, metadata }: Instance, guarded: boolean): string {
  const redirects = published.map(({ port, containerPort }) => `tcp dport ${port} redirect to :${containerPort}`);
  const itself = ['ip daddr 127.0.0.0/8 return', 'ip6 daddr ::1 return', 'fib daddr type != local return'];
  const excepted = typeof metadata === 'string' ? [] : metadata.exceptUsers;
  const others = excepted.length === 0 ? '' : `meta skuid != { ${excepted.join(', ')} } `;
  const guard = `${others}ip daddr ${METADATA_ADDRESS} tcp dport != ${DNS} meta mark set 1 goto guarded`;
  return [
    'table inet machine {',
    ...refusalSets(),
    chain('guarded', [...recordRules(), 'reject']),
    chain('published', redirects),
    chain('arriving', ['type nat hook prerouting priority dstnat; policy accept;', 'iifname "eth0" jump published']),
    chain('hairpin', ['type nat hook output priority -100; policy accept;', ...itself, 'jump published']),
    chain('guest', ['type filter hook output priority filter; policy accept;', ...(guarded ? [guard] : [])]),
    '}\n',
  ].join('\n');
}
