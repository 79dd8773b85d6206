import { accountOfService, type Configuration } from '../configuration';
import { denyAll, expose, wayOut } from '../firewall';
import type { GoogleMutant } from '../mutant';

const NETWORK = '10.0.0.0/8';

/** The way out. */
export const EGRESS_MUTANTS: readonly GoogleMutant[] = [
  ...(['registration-of-public-address', 'task-to-public-address'] as const).map((attack): GoogleMutant => ({
    id: `open-way-out-for-${attack}`,
    guard: 'the rule that denies the way out',
    attack,
    // the one with a way to the internet
    example: 'Storefront',
    edit: openWayOut,
  })),
  {
    id: 'way-out-with-a-route',
    guard: 'the rule that denies the way out, and the want of an address and a route of the internet,',
    attack: 'task-to-public-address',
    edit: (configuration) => {
      openWayOut(configuration);
      expose(configuration);
    },
  },
  ...(['registration-of-neighbour', 'task-to-neighbour'] as const).map((attack): GoogleMutant => ({
    id: `open-network-for-${attack}`,
    guard: 'the closed way into the rest of the network',
    attack,
    edit: openWayOut,
  })),
  {
    id: 'denial-of-the-way-out-for-another-machine',
    guard: 'the machine as the target of the rule that denies the way out',
    attack: 'task-to-neighbour',
    edit: (configuration) => {
      denyAll(configuration, 'EGRESS')['target_service_accounts'] = [accountOfService(configuration)];
    },
  },
  {
    id: 'way-out-to-the-network',
    guard: "Google's range as the one that the machine may reach",
    attack: 'registration-of-neighbour',
    edit: (configuration) => {
      const rule = wayOut(configuration, 443);
      rule['destination_ranges'] = ['199.36.153.4/30', NETWORK];
    },
  },
];

function openWayOut(configuration: Configuration): void {
  const rule = denyAll(configuration, 'EGRESS');
  rule['allow'] = rule['deny'];
  delete rule['deny'];
}
