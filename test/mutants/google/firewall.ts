import { the } from '../template';
import { add, type Configuration, machineAccount, type Properties, resources, theOne } from './configuration';

export type Direction = 'INGRESS' | 'EGRESS';

/** The rule that denies the machine everything that no other rule allows. */
export function denyAll(configuration: Configuration, direction: Direction): Properties {
  return the(
    rules(configuration).filter((rule) => rule['deny'] !== undefined && rule['direction'] === direction),
    `rule that denies ${direction}`,
  );
}

/** The rule that admits somebody to a port of the machine from ranges. */
export function admissionByRange(configuration: Configuration, port: number): Properties {
  return the(
    rules(configuration).filter((rule) => rule['source_ranges'] !== undefined && allows(rule, port)),
    `rule that admits ranges to ${port}`,
  );
}

/** The rule that lets the machine out to a port. */
export function wayOut(configuration: Configuration, port: number): Properties {
  return the(
    rules(configuration).filter((rule) => rule['destination_ranges'] !== undefined && allows(rule, port)),
    `way out to ${port}`,
  );
}

/** Admits ranges to a port of the machine, before everything is denied. */
export function admit(configuration: Configuration, port: number, ...ranges: readonly string[]): void {
  addRule(configuration, {
    direction: 'INGRESS',
    priority: 900,
    allow: [{ protocol: 'tcp', ports: [String(port)] }],
    source_ranges: ranges,
    target_service_accounts: [machineAccount(configuration)],
  });
}

/** Adds a rule to the machine's network. */
export function addRule(configuration: Configuration, rule: Properties): void {
  const network = networkOf(configuration);
  add(configuration, 'google_compute_firewall', { name: 'mutant', project: 'example-project', network, ...rule });
}

export function removeRule(configuration: Configuration, rule: Properties): void {
  const named = resources(configuration, 'google_compute_firewall').filter(([, properties]) => properties === rule);
  for (const [name] of named) delete configuration.resource['google_compute_firewall']?.[name];
}

/** Gives the machine an address of the internet, in a network that has a way there and back. */
export function expose(configuration: Configuration): void {
  const [card] = theOne(configuration, 'google_compute_instance_template')['network_interface'] as Properties[];
  Object.assign(card ?? {}, { access_config: [{}] });
  add(configuration, 'google_compute_route', {
    name: 'mutant',
    project: 'example-project',
    network: networkOf(configuration),
    dest_range: '0.0.0.0/0',
    next_hop_gateway: 'default-internet-gateway',
  });
}

function rules(configuration: Configuration): Properties[] {
  return resources(configuration, 'google_compute_firewall').map(([, properties]) => properties);
}

function allows(rule: Properties, port: number): boolean {
  const allowed = (rule['allow'] ?? []) as { ports?: string[] }[];
  return allowed.some(({ ports }) => ports?.includes(String(port)));
}

function networkOf(configuration: Configuration): unknown {
  return rules(configuration)[0]?.['network'];
}
