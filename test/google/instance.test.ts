import type { TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { Peer } from '../../lib/google';
import { onlyOf, resourcesOf } from './network-of';
import { MACHINE_IMAGE, serverIn, serverResources } from './template-of';

const resources = serverResources();
const template = onlyOf(resources, 'google_compute_instance_template');
const group = onlyOf(resources, 'google_compute_instance_group_manager');
const machine = onlyOf(resources, 'google_compute_per_instance_config');

/** Seconds until a machine that does not answer counts as unhealthy. */
function patience(type: string): number {
  const check = onlyOf(resources, type);
  return Number(check['check_interval_sec']) * Number(check['unhealthy_threshold']);
}

describe('the machine', () => {
  test('is one image by name, started as it was signed', () => {
    expect(template['disk']).toMatchObject([{ boot: true, auto_delete: true, source_image: MACHINE_IMAGE }]);
    expect(template['shielded_instance_config']).toEqual({
      enable_integrity_monitoring: true,
      enable_secure_boot: true,
      enable_vtpm: true,
    });
  });

  test('has one interface, of IPv4 and of the network alone, and forwards nothing', () => {
    expect(template['network_interface']).toEqual([
      { stack_type: 'IPV4_ONLY', subnetwork: expect.stringContaining('google_compute_subnetwork.') as string },
    ]);
    expect(template['can_ip_forward']).toBe(false);
  });

  test('says itself what the metadata of the project could say otherwise', () => {
    const { 'user-data': userData, ...metadata } = template['metadata'] as Record<string, string>;
    expect(userData).toMatch(/^#cloud-config\n/);
    expect(metadata).toEqual({
      'enable-oslogin': 'TRUE',
      'block-project-ssh-keys': 'TRUE',
      'serial-port-enable': 'FALSE',
      'disable-legacy-endpoints': 'TRUE',
      'google-logging-enabled': 'false',
      'google-monitoring-enabled': 'false',
      'cos-update-strategy': 'update_disabled',
    });
  });

  test('runs as an account of its own, and carries no tag', () => {
    expect(template['service_account']).toEqual({
      email: expect.stringContaining('google_service_account.Restate_Account') as string,
      scopes: ['cloud-platform'],
    });
    expect(template['tags']).toBeUndefined();
  });

  test('carries a tag of its own where peers are tags, which Google asks for', () => {
    const asked = serverResources(() => ({ ingress: { peers: [Peer.tag('shop')] } }));
    expect(onlyOf(asked, 'google_compute_instance_template')['tags']).toHaveLength(1);
  });
});

describe('the group', () => {
  test('never has two machines: the old one ends before the new one starts, under the same name', () => {
    expect(group['update_policy']).toEqual({
      type: 'PROACTIVE',
      minimal_action: 'REPLACE',
      most_disruptive_allowed_action: 'REPLACE',
      replacement_method: 'RECREATE',
      max_surge_fixed: 0,
      max_unavailable_fixed: 1,
    });
    expect(group['target_size']).toBeUndefined();
    expect(machine['name']).toBe(group['base_instance_name']);
  });

  test('attaches the one disk and never deletes it', () => {
    expect(machine['preserved_state']).toEqual({
      disk: [
        {
          device_name: 'portcullis-data',
          source: expect.stringMatching(/^\$\{google_compute_disk\.Restate_Data_\w+\.id\}$/) as string,
          mode: 'READ_WRITE',
          delete_rule: 'NEVER',
        },
      ],
    });
    expect(onlyOf(resources, 'google_compute_disk')['zone']).toBe(machine['zone']);
  });

  test('repairs the machine by what Envoy says of itself', () => {
    expect(group['auto_healing_policies']).toEqual({
      health_check: expect.stringContaining('google_compute_health_check.Restate_HealthCheck_Repair') as string,
      initial_delay_sec: 600,
    });
    for (const type of ['google_compute_health_check', 'google_compute_region_health_check']) {
      expect(onlyOf(resources, type)['http_health_check']).toEqual({ port: 8081, request_path: '/healthz' });
    }
  });

  test('keeps callers from a machine within half a minute, and replaces it after five: a restart is over before', () => {
    expect(patience('google_compute_region_health_check')).toBe(30);
    expect(patience('google_compute_health_check')).toBe(300);
  });

  test('names its machine in no more characters than Google takes for one of a group, wherever it stands', () => {
    const deep = resourcesOf((stack) => {
      const [outer, inner] = ['AConstructOfTheDepartmentForOrders', 'AndAnotherAroundTheServerOfIt'];
      serverIn(new Construct(new Construct(stack, outer), inner) as TerraformStack);
    });
    const { base_instance_name: name } = onlyOf(deep, 'google_compute_instance_group_manager');
    expect(name).toBe(onlyOf(deep, 'google_compute_per_instance_config')['name']);
    expect(String(name)).toHaveLength(58);
  });

  test('follows a template by the id that no other template gets', () => {
    expect(group['version']).toEqual([{ instance_template: expect.stringMatching(/\.self_link_unique\}$/) as string }]);
    expect(template['lifecycle']).toEqual({ create_before_destroy: true });
  });
});
