import type { Property } from '../property';
import { referredId } from '../resource';
import type { Resolution, ResolvedName } from '../resolution';
import type { Text } from '../text';
import { isList, toLiteral } from '../value';
import { mayStand, switchAt } from './quiet';
import type { QuietResource, Resources } from './resources';

const ZONE = 'google_dns_managed_zone';
const REWRITING = 'google_dns_response_policy';
/** Blocks by which others answer for a zone. */
const HANDED_ON = ['forwarding_config', 'peering_config', 'service_directory_config'];

/** Reads how names are resolved in the networks of a file. Nothing is reported. */
export function readResolution(resources: Resources): Resolution {
  const records = resources.quietly('google_dns_record_set');
  const rewriting = resources.quietly(REWRITING);
  return {
    zones: resources
      .quietly(ZONE)
      .filter(({ properties }) => toLiteral(properties.get('visibility').value) !== 'public')
      .map((zone) => ({
        id: zone.id,
        networks: networksOf(zone, zone.properties.block('private_visibility_config'), resources),
        name: toLiteral(zone.properties.get('dns_name').value) ?? '',
        forwards: HANDED_ON.some((name) => mayStand(zone.properties.get(name))),
        records: records
          .filter(({ properties }) => resources.quietlyReferredBy(properties.get('managed_zone'), ZONE)?.id === zone.id)
          .map(recordOf),
      })),
    policies: resources.quietly('google_dns_policy').map((policy) => ({
      id: policy.id,
      networks: networksOf(policy, policy.properties, resources),
      asksOthers: mayStand(policy.properties.get('alternative_name_server_config')),
      logs: switchAt(policy.properties.get('enable_logging'), false),
    })),
    rewrites: resources.quietly('google_dns_response_policy_rule').flatMap(({ id, properties }) => {
      const named = properties.get('response_policy').value;
      const found = rewriting.find(
        (each) =>
          each.id === referredId(named) ||
          (toLiteral(named) ?? '').split('/').at(-1) === toLiteral(each.properties.get('response_policy_name').value),
      );
      const name = toLiteral(properties.get('dns_name').value) ?? '';
      return found === undefined ? [] : [{ id, networks: networksOf(found, found.properties, resources), name }];
    }),
  };
}

function networksOf({ properties }: QuietResource, holder: Property, resources: Resources): readonly Text[] {
  return holder.blocks('networks').flatMap((network) => {
    const named = resources.network(network.get('network_url'), properties);
    return named === undefined ? [] : [named];
  });
}

function recordOf({ id, properties }: QuietResource): ResolvedName {
  const { value } = properties.get('rrdatas');
  const texts = isList(value) ? value.map((item) => toLiteral(item)) : [undefined];
  const isKnown = texts.every((text) => text !== undefined) && !mayStand(properties.get('routing_policy'));
  return {
    id,
    name: toLiteral(properties.get('name').value) ?? '',
    type: toLiteral(properties.get('type').value) ?? '',
    answers: isKnown ? texts : 'unknown',
  };
}
