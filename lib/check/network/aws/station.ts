import type { Balancer } from '../../../artifact/artifact';
import type { Station } from './hop';
import type { NetworkView } from './network-view';

/** A load balancer as an end of connections. One without groups is filtered by none. */
export function stationOfBalancer(view: NetworkView, { id, groups }: Balancer): Station {
  return {
    ...(groups !== undefined && { groups: view.groupsOf(groups) }),
    wears: groups ?? [],
    places: view.placesOf(id),
  };
}

/** A host, or anything else with groups, as an end of connections. */
export function stationOf(
  view: NetworkView,
  { id, groups }: { readonly id: string; readonly groups: readonly string[] },
): Station {
  return { groups: view.groupsOf(groups), wears: groups, places: view.placesOf(id) };
}
