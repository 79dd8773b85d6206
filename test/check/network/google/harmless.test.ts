import { NETWORK_CLAIMS } from '../../../../lib/check/network/network-claims';
import { complaints, decided } from '../../decided';
import type { Edit } from '../../edits';
import type { EditedFile } from '../../examples';
import { addition, type Block, change, NETWORK, onInterface, part, removal, rule, tcp } from './parts';

/** Gives every rule of the firewall another name, in the file and in the cloud. */
const renamed: Edit = (file) => {
  const all = (file['resource'] as Record<string, Block>)['google_compute_firewall'] as Record<string, Block>;
  const entries = Object.values(all).map((body, index) => [`Renamed${index}`, { ...body, name: `renamed${index}` }]);
  (file['resource'] as Record<string, Block>)['google_compute_firewall'] = Object.fromEntries(entries);
};

/** Makes one rule with several ranges several rules with one. */
const split: Edit = (file) => {
  const all = (file['resource'] as Record<string, Block>)['google_compute_firewall'] as Record<string, Block>;
  for (const [id, body] of Object.entries(all)) {
    const ranges = (body['source_ranges'] ?? []) as readonly string[];
    if (ranges.length < 2) continue;
    delete all[id];
    ranges.forEach((range, index) => {
      all[`${id}Part${index}`] = { ...body, source_ranges: [range] };
    });
  }
};

const eachRule =
  (edit: (rule: Block) => void): Edit =>
  (file: EditedFile) =>
    Object.values((file['resource'] as Record<string, Block>)['google_compute_firewall'] as Block).forEach((each) => {
      edit(each as Block);
    });

const open = { allow: [{ protocol: 'all' }], source_ranges: ['0.0.0.0/0'] };

const HARMLESS: Readonly<Record<string, Edit>> = {
  'rules are renamed': renamed,
  'rules are split in two': split,
  'the priorities are others': eachRule((each) => {
    each['priority'] = (each['priority'] as number) - 100;
  }),
  'protocols are numbers': eachRule((each) => {
    for (const flow of (each['allow'] ?? []) as Block[]) if (flow['protocol'] === 'tcp') flow['protocol'] = '6';
  }),
  'ports are ranges of one': eachRule((each) => {
    for (const flow of (each['allow'] ?? []) as Block[])
      flow['ports'] = (flow['ports'] as readonly string[]).map((port) => `${port}-${port}`);
  }),
  'the denials name nobody': eachRule((each) => {
    if (each['deny'] === undefined) return;
    delete each['source_ranges'];
    delete each['destination_ranges'];
  }),
  'the denials are about every machine': eachRule((each) => {
    if (each['deny'] !== undefined) delete each['target_service_accounts'];
  }),
  'Google denies what comes in without a word': removal('firewall', 'Restate_Firewall_DenyIn'),
  'a rule that is switched off opens everything': rule({ ...open, disabled: true }),
  'a rule that is asked after the denials opens everything': rule({ ...open, priority: 2000 }),
  'a denial stands before all others': rule({ deny: [{ protocol: 'udp' }], source_ranges: ['0.0.0.0/0'], priority: 1 }),
  'a rule is about machines with a tag that this one lacks': rule({
    ...open,
    target_service_accounts: undefined,
    target_tags: ['others'],
  }),
  'an unrelated network has open rules': (file) => {
    addition('google_compute_network', { name: 'other', auto_create_subnetworks: true }, 'Other')(file);
    addition(
      'google_compute_firewall',
      { name: 'other', network: '${google_compute_network.Other.id}', ...open },
      'OtherIn',
    )(file);
    addition(
      'google_compute_route',
      {
        name: 'other',
        network: '${google_compute_network.Other.id}',
        dest_range: '0.0.0.0/0',
        next_hop_gateway: 'default-internet-gateway',
      },
      'OtherRoute',
    )(file);
  },
  'an unrelated machine has an address of the internet': addition('google_compute_instance', {
    name: 'other',
    machine_type: 'e2-small',
    zone: 'europe-west3-a',
    boot_disk: [{ initialize_params: [{ image: 'debian' }] }],
    network_interface: [{ network: 'projects/other/global/networks/other', access_config: [{}] }],
  }),
  'a service of a narrow subnet is let out to': rule({
    ...tcp('9080'),
    direction: 'EGRESS',
    destination_ranges: ['10.60.4.0/24'],
  }),
  'a service is given a way to one range': (file) => {
    const [service] = Object.values(
      (file['resource'] as Record<string, Record<string, Block>>)['google_cloud_run_v2_service'] ?? {},
    );
    (service as Block)['template'].vpc_access = {
      egress: 'ALL_TRAFFIC',
      network_interfaces: [{ network: NETWORK, tags: ['greeter'] }],
    };
    rule({
      ...tcp('5432'),
      direction: 'EGRESS',
      destination_ranges: ['10.60.5.0/28'],
      target_service_accounts: undefined,
      target_tags: ['greeter'],
    })(file);
    rule(
      {
        deny: [{ protocol: 'all' }],
        direction: 'EGRESS',
        destination_ranges: ['0.0.0.0/0'],
        priority: 900,
        target_service_accounts: undefined,
        target_tags: ['greeter'],
      },
      'Rest',
    )(file);
  },
  'the subnet is larger': change('subnetwork', '', { ip_cidr_range: '10.20.0.0/22' }),
  'the interface says what Google does anyway': onInterface({ stack_type: 'IPV4_ONLY' }),
  'nothing is logged': (file) => {
    delete part(file, 'subnetwork')['log_config'];
  },
};

describe.each(['Invoices', 'Storefront'] as const)('%s still passes when', (example) => {
  test.each(Object.entries(HARMLESS))('%s', (_what, edit) => {
    expect(complaints(decided(example, NETWORK_CLAIMS, edit))).toEqual([]);
  });
});

test('Invoices still passes when its callers are fewer', () => {
  const narrower = change('firewall', 'Restate_Firewall_CallersByRange', { source_ranges: ['10.30.7.0/24'] });
  expect(complaints(decided('Invoices', NETWORK_CLAIMS, narrower))).toEqual([]);
});
