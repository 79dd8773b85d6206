import type { GrantLevel, IamGrant } from '../iam-grant';
import { Property } from '../property';
import type { Resource } from '../resource';
import { entry, type Json, parseTemplateText } from '../template-text';
import { type Text, UNKNOWN } from '../text';
import { UnreadableError } from '../unreadable-error';
import { isList, isMap, toLiteral, type Value } from '../value';
import { readPermissions } from './custom-role';
import type { Resources } from './resources';

/** What a grant is on, by the middle of its type: the level, the argument that names it, and the types that it may refer to. */
const LEVELS: ReadonlyMap<string, readonly [GrantLevel, string, ...string[]]> = new Map([
  ['cloud_run_v2_service', ['cloud-run-service', 'name', 'google_cloud_run_v2_service']],
  ['cloud_run_service', ['cloud-run-service', 'service', 'google_cloud_run_service', 'google_cloud_run_v2_service']],
  ['service_account', ['service-account', 'service_account_id']],
  ['secret_manager_secret', ['secret', 'secret_id', 'google_secret_manager_secret']],
  ['secret_manager_regional_secret', ['secret', 'secret_id', 'google_secret_manager_regional_secret']],
  ['kms_crypto_key', ['crypto-key', 'crypto_key_id', 'google_kms_crypto_key']],
  ['kms_key_ring', ['key-ring', 'key_ring_id', 'google_kms_key_ring']],
  ['storage_bucket', ['bucket', 'bucket', 'google_storage_bucket']],
  ['artifact_registry_repository', ['repository', 'repository', 'google_artifact_registry_repository']],
  ['compute_instance', ['instance', 'instance_name', 'google_compute_instance']],
  ['iap_tunnel_instance', ['instance', 'instance', 'google_compute_instance']],
  ['iap_tunnel', ['project', 'project']],
  ['compute_disk', ['disk', 'name', 'google_compute_disk']],
  ['compute_region_disk', ['disk', 'name', 'google_compute_region_disk']],
  ['cloud_run_v2_job', ['elsewhere', 'name']],
  ['cloud_run_v2_worker_pool', ['elsewhere', 'name']],
  ['pubsub_topic', ['elsewhere', 'topic']],
  ['pubsub_subscription', ['elsewhere', 'subscription']],
  ['bigquery_dataset', ['elsewhere', 'dataset_id']],
  ['bigquery_table', ['elsewhere', 'table_id']],
  ['project', ['project', 'project']],
  ['folder', ['folder', 'folder']],
  ['organization', ['organization', 'org_id']],
]);

const GRANT = /^google_(.+)_iam_(member|binding|policy)$/;

type Where = Pick<IamGrant, 'id' | 'level' | 'on'>;

/** Reads every grant of a role. What is not known of one stands in it as a reference to itself, so that nobody takes it for nothing. */
export function readGrants(resources: Resources): readonly IamGrant[] {
  return resources.like(GRANT).flatMap((resource) => {
    const [, what = '', form] = GRANT.exec(resource.type) ?? [];
    const [level, argument, ...types] = LEVELS.get(what) ?? (['unknown', ''] as const);
    const on = argument === '' ? [] : nameOf(resource.properties.get(argument), level, types, resources);
    const where = { id: resource.id, level, on };
    return form === 'policy'
      ? policy(resource, where, resources)
      : [grant(where, resource.properties, membersOf(resource.properties, form === 'member'), resources)];
  });
}

function nameOf(property: Property, level: GrantLevel, types: readonly string[], resources: Resources): Text {
  const name = level === 'service-account' ? resources.account(property) : resources.named(property, ...types);
  return name ?? [];
}

function grant(where: Where, body: Property, members: readonly Text[], resources: Resources): IamGrant {
  const permissions = readPermissions(body.get('role'), resources);
  const { present, value } = body.get('condition');
  const expression = quietExpression(value);
  return {
    ...where,
    role: body.get('role').text() ?? [{ logicalId: where.id, attribute: 'role' }],
    ...(permissions !== undefined && { permissions }),
    members: members.map((member) => resources.withAccounts(member)),
    conditional: present && !(Array.isArray(value) && value.length === 0),
    ...(expression !== undefined && { condition: expression }),
  };
}

/** Of a condition, be it a block or the one of a list. Whoever needs it says that it is not known. */
function quietExpression(value: Value): string | undefined {
  const [only, ...others] = isList(value) ? value : [value];
  return others.length === 0 && isMap(only) ? toLiteral(only.get('expression')) : undefined;
}

function membersOf(body: Property, isOne: boolean): readonly Text[] {
  const list = body.get('members');
  const items = isOne ? [body.get('member')] : list.items();
  const isKnown = isOne || Array.isArray(list.value);
  return isKnown ? items.map((item) => item.text() ?? UNKNOWN_MEMBER) : [UNKNOWN_MEMBER];
}

const UNKNOWN_MEMBER: Text = [{ logicalId: 'member', attribute: UNKNOWN }];

/** A policy takes the place of all grants on the same thing; its bindings stand in a data source, or as JSON in a plan. */
function policy(resource: Resource, where: Where, resources: Resources): readonly IamGrant[] {
  const data = resource.properties.get('policy_data');
  const source = resources.referredBy(data, 'data.google_iam_policy');
  if (source !== undefined) {
    const unread = source.properties.get('binding');
    const bindings = source.properties.blocks('binding');
    const grants = bindings.map((binding) => grant(where, binding, membersOf(binding, false), resources));
    return unread.present && bindings.length === 0 && !Array.isArray(unread.value) ? [unknown(where)] : grants;
  }
  const text = data.string();
  const bindings = text === undefined ? undefined : entry(parsed(text), 'bindings');
  if (text !== undefined && !Array.isArray(bindings)) {
    data.unreadable('is no policy');
  }
  return Array.isArray(bindings)
    ? (bindings as readonly Json[]).map((json) => {
        const body = new Property('policy_data', json, (reason) => resources.report(where.id, reason));
        return grant(where, body, membersOf(body, false), resources);
      })
    : [unknown(where)];
}

function unknown(where: Where): IamGrant {
  return {
    ...where,
    role: [{ logicalId: where.id, attribute: 'policy_data' }],
    members: [UNKNOWN_MEMBER],
    conditional: false,
  };
}

function parsed(text: string): Json | undefined {
  try {
    return parseTemplateText(text, 'policy_data');
  } catch (error) {
    if (error instanceof UnreadableError) {
      return undefined;
    }
    throw error;
  }
}
