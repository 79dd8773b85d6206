import type { Deployment, Place } from '../../deployment';
import { planSeats } from '../../network/seat-plan';
import { admittingRule } from '../../network/vpc-rules';
import { judgedInstance } from '../../../artifact/bearing-rules';

/** The rule of its network's firewall that let somebody in to a machine, as the end of a sentence; empty where none is known. */
export function admittedBy(
  { artifact, host }: Pick<Deployment, 'artifact' | 'host'>,
  { place, address, port }: { readonly place: Pick<Place, 'name'>; readonly address: string; readonly port: number },
): string {
  if (host.instance === undefined || place.name === 'task') return '';
  const { seats } = planSeats(artifact, host);
  const from = seats.find(({ name }) => name === place.name);
  const isMachine = seats.find(({ name }) => name === 'task')?.addresses.includes(address);
  if (from === undefined || isMachine !== true) return '';
  const rule = admittingRule(artifact.firewall ?? [], { ...judgedInstance(host.instance), port }, from);
  return rule === undefined ? '' : `, admitted by ${rule.id}`;
}
