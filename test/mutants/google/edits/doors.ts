import { accountOfService, type Configuration } from '../configuration';
import { addRule, admissionByRange, admit, denyAll, expose, removeRule } from '../firewall';
import { addOptions, environment } from '../machine';
import type { GoogleMutant } from '../mutant';

type Outside = 'internet' | 'stranger' | 'balancer' | 'service';

const NETWORK = '10.0.0.0/8';
const EVERYBODY = '0.0.0.0/0';
const OPERATORS = 8444;
/** Of the rules that a network begins with. */
const USUAL_PRIORITY = 65_534;

const DOORS = [
  { door: 'ingress-bypass', port: 8080, places: ['internet', 'stranger', 'balancer', 'service'] },
  { door: 'admin', port: 9070, places: ['internet', 'stranger', 'balancer', 'service'] },
  { door: 'fabric', port: 5122, places: ['internet', 'stranger', 'balancer', 'service'] },
  { door: 'metrics', port: 5122, places: ['stranger', 'service'] },
  { door: 'registration', port: 9070, places: ['stranger', 'service'] },
] as const;

/** The machine's firewall opened to a place, its ports published, and the server's own narrow bindings undone. */
export const DOOR_MUTANTS: readonly GoogleMutant[] = [
  ...DOORS.flatMap(({ door, port, places }) =>
    places.map((place): GoogleMutant => ({
      id: `${door}-open-to-${place}`,
      guard: `the firewall of the machine and the want of a published port, for port ${port} from ${place},`,
      attack: `${door}-from-${place}`,
      // operators have a door there, and what comes through Google's balancer comes from its ranges
      example: place === 'balancer' ? 'Storefront' : 'Invoices',
      edit: (configuration) => {
        publish(configuration, port);
        open(configuration, place, port);
      },
    })),
  ),
  {
    id: 'proxy-open-to-network',
    guard: "Google's balancer as the one peer of the proxy's port",
    attack: 'proxy-port-from-stranger',
    example: 'Storefront',
    edit: (configuration) => (admissionByRange(configuration, 443)['source_ranges'] = [EVERYBODY]),
  },
  {
    id: 'tunnel-from-the-network',
    guard: "the tunnel's range as the one that comes to the operators' door",
    attack: 'admin-from-stranger',
    edit: (configuration) => admit(configuration, OPERATORS, NETWORK),
  },
  {
    id: 'tunnel-from-everywhere',
    guard: "the tunnel's range as the one that comes to the operators' door, for services,",
    attack: 'admin-from-service',
    edit: (configuration) => (admissionByRange(configuration, OPERATORS)['source_ranges'] = [EVERYBODY]),
  },
  {
    id: 'operators-door-on-the-internet',
    guard: "the machine's want of an address of the internet, and the tunnel's range,",
    attack: 'admin-from-internet',
    edit: (configuration) => {
      expose(configuration);
      admissionByRange(configuration, OPERATORS)['source_ranges'] = [EVERYBODY];
    },
  },
  {
    id: 'everything-allowed-in',
    guard: 'the rule that denies the way in',
    attack: 'admin-from-stranger',
    edit: (configuration) => {
      const rule = denyAll(configuration, 'INGRESS');
      rule['allow'] = rule['deny'];
      delete rule['deny'];
    },
  },
  {
    id: 'neighbours-rule-before-the-denial',
    guard: "the priority of the rule that denies the way in, before a network's usual rule for its own,",
    attack: 'admin-from-stranger',
    edit: (configuration) => {
      denyAll(configuration, 'INGRESS')['priority'] = 65_535;
      allowInternal(configuration);
    },
  },
  {
    id: 'nothing-denied-in',
    guard: "the rule that denies the way in, before a network's usual rule for its own,",
    attack: 'admin-from-stranger',
    edit: (configuration) => {
      removeRule(configuration, denyAll(configuration, 'INGRESS'));
      allowInternal(configuration);
    },
  },
  {
    id: 'denial-for-another-machine',
    guard: "the machine as the target of the rule that denies the way in, before a network's usual rule for its own,",
    attack: 'admin-from-stranger',
    edit: (configuration) => {
      denyAll(configuration, 'INGRESS')['target_service_accounts'] = [accountOfService(configuration)];
      allowInternal(configuration);
    },
  },
  {
    id: 'ingress-on-all-addresses',
    guard: "the loopback address of the server's ingress",
    attack: 'ingress-bound-to-loopback',
    edit: (configuration) => environment(configuration, 'RESTATE_INGRESS__BIND_ADDRESS', '0.0.0.0:8080'),
  },
  {
    id: 'admin-on-all-addresses',
    guard: 'the unix socket of the admin API, and its loopback address,',
    attack: 'admin-bound-to-nothing',
    edit: (configuration) => {
      environment(configuration, 'RESTATE_ADMIN__LISTEN_MODE', 'all');
      environment(configuration, 'RESTATE_ADMIN__BIND_ADDRESS', '0.0.0.0:9070');
    },
  },
  {
    id: 'fabric-on-all-addresses',
    guard: "the loopback address of the server's fabric",
    attack: 'fabric-bound-to-loopback',
    edit: (configuration) => environment(configuration, 'RESTATE_BIND_ADDRESS', '0.0.0.0:5122'),
  },
  {
    id: 'fabric-beside-the-proxy',
    guard: 'the rule that only published ports are open beyond loopback',
    attack: 'listeners-beyond-the-balancer',
    edit: (configuration) => environment(configuration, 'RESTATE_BIND_ADDRESS', '[::]:5122'),
  },
  ...(['admin-from-task', 'registration-from-task'] as const).map((attack): GoogleMutant => ({
    id: `admin-on-loopback-for-${attack}`,
    guard: 'the unix socket of the admin API',
    attack,
    example: 'Storefront',
    edit: (configuration) => environment(configuration, 'RESTATE_ADMIN__LISTEN_MODE', 'all'),
  })),
];

/** As the network that a project begins with has it. */
function allowInternal(configuration: Configuration): void {
  const allow = [{ protocol: 'all' }];
  addRule(configuration, { direction: 'INGRESS', allow, source_ranges: [NETWORK], priority: USUAL_PRIORITY });
}

/** Makes a port of the containers one of the machine. */
function publish(configuration: Configuration, port: number): void {
  addOptions(configuration, 'envoy', `--publish=${port}:${port}`);
}

function open(configuration: Configuration, place: Outside, port: number): void {
  const ranges = { internet: EVERYBODY, stranger: NETWORK, balancer: '35.191.0.0/16', service: EVERYBODY };
  if (place === 'internet') expose(configuration);
  admit(configuration, port, ranges[place]);
}
