import type { Container } from '../artifact';
import type { CloudRunService } from '../cloud-run-service';
import type { Property } from '../property';
import type { Resource } from '../resource';
import type { Text } from '../text';
import { readImage } from '../image';
import { isList, toLiteral } from '../value';
import type { Resources } from './resources';

const INGRESS: ReadonlyMap<string, CloudRunService['ingress']> = new Map([
  ['INGRESS_TRAFFIC_ALL', 'all'],
  ['INGRESS_TRAFFIC_INTERNAL_ONLY', 'internal'],
  ['INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER', 'internal-and-balancer'],
]);

const PROTOCOLS: ReadonlyMap<string, CloudRunService['port']['protocol']> = new Map([
  ['http1', 'http1'],
  ['h2c', 'h2c'],
]);

/** Reads the services of Cloud Run, with Google's defaults. */
export function readCloudRun(resources: Resources): readonly CloudRunService[] {
  for (const { id } of resources.ofType('google_cloud_run_service')) {
    resources.report(id, 'is a service of the first API of Cloud Run, which is not modelled');
  }
  return resources.ofType('google_cloud_run_v2_service').map((service) => readService(service, resources));
}

function readService({ id, constructPath, properties }: Resource, resources: Resources): CloudRunService {
  const template = properties.block('template');
  const containers = template.blocks('containers');
  const account = resources.account(template.get('service_account'));
  const secrets = secretsOf(template, containers, resources, properties);
  const off = properties.get('invoker_iam_disabled');
  const isOff = off.boolean();
  if (properties.get('iap_enabled').boolean() === true) {
    properties.get('iap_enabled').unreadable('puts Identity-Aware Proxy before it, which is not modelled');
  }
  for (const share of properties
    .blocks('traffic')
    .filter((each) => each.get('revision').present && each.get('revision').value !== '')) {
    share.get('revision').unreadable('is a revision that is served in place of this one, and stands in no file');
  }
  return {
    id,
    ...(constructPath !== undefined && { constructPath }),
    name: properties.get('name').text() ?? [],
    ingress: ingressOf(properties.get('ingress')),
    invokerCheck: off.present && isOff === undefined ? 'unknown' : isOff === true ? 'off' : 'on',
    port: portOf(containers),
    customAudiences: properties.get('custom_audiences').texts(),
    ...(account !== undefined && { account }),
    containers: containers.map(readContainer),
    imagesVerified: imagesVerified(properties),
    ...(secrets.length > 0 && { secrets }),
  };
}

function imagesVerified(properties: Property): NonNullable<CloudRunService['imagesVerified']> {
  const { present, value } = properties.get('binary_authorization');
  if (!present || (isList(value) && value.length === 0)) return 'unsaid';
  const asked = properties.block('binary_authorization');
  const overruling = asked.get('breakglass_justification');
  if (overruling.present && overruling.value !== '') return 'overruled';
  const usual = toLiteral(asked.get('use_default').value);
  const policy = asked.get('policy');
  if (usual === 'true' || (policy.present && policy.value !== '')) return 'on';
  return usual === undefined && asked.get('use_default').present ? 'unknown' : 'off';
}

/** One of which the name is not known stands as a text without anything in it. */
function secretsOf(
  template: Property,
  containers: readonly Property[],
  resources: Resources,
  service: Property,
): readonly Text[] {
  const named = [
    ...template.blocks('volumes').map((volume) => volume.block('secret').get('secret')),
    ...containers
      .flatMap((container) => container.blocks('env'))
      .map((variable) => variable.block('value_source').block('secret_key_ref').get('secret')),
  ];
  return named.filter(({ present }) => present).map((name) => resources.secret(name, service) ?? []);
}

function ingressOf(property: Property): CloudRunService['ingress'] {
  return property.present ? (INGRESS.get(property.string() ?? '') ?? 'unknown') : 'all';
}

/** Of the container that has ports; Google's default is 8080 over HTTP/1. */
function portOf(containers: readonly Property[]): CloudRunService['port'] {
  const [port] = containers.flatMap((container) => container.blocks('ports'));
  const name = port?.get('name');
  return {
    number: port?.get('container_port').integer() ?? 8080,
    protocol: name?.present === true && name.value !== '' ? (PROTOCOLS.get(name.string() ?? '') ?? 'unknown') : 'http1',
  };
}

function readContainer(container: Property, index: number): Container {
  const entryPoint = container.get('command').texts();
  const command = container.get('args').texts();
  const variables = container.blocks('env');
  return {
    name: container.get('name').string() ?? `container-${index}`,
    image: readImage(container.get('image').text() ?? []),
    ...(entryPoint.length > 0 && { entryPoint }),
    ...(command.length > 0 && { command }),
    environment: Object.fromEntries(variables.flatMap((variable) => pair(variable, variable.get('value').text()))),
    secrets: Object.fromEntries(
      variables.flatMap((variable) => pair(variable, secretOf(variable.block('value_source').block('secret_key_ref')))),
    ),
    readonlyRootFilesystem: false,
    privileged: false,
    capabilitiesDropped: [],
    capabilitiesAdded: [],
    noNewPrivileges: false,
    tmpfs: [],
    mounts: container.blocks('volume_mounts').map((mount) => ({
      volume: mount.get('name').string() ?? '',
      path: mount.get('mount_path').string() ?? '',
      readOnly: false,
    })),
    dependsOn: container
      .get('depends_on')
      .strings()
      .map((name) => ({ container: name, condition: 'START' as const })),
    essential: true,
  };
}

function pair(variable: Property, value: Text | undefined): readonly (readonly [string, Text])[] {
  const name = variable.get('name').string();
  return name === undefined || value === undefined ? [] : [[name, value]];
}

function secretOf(reference: Property): Text | undefined {
  const secret = reference.get('secret').text();
  return secret === undefined
    ? undefined
    : [...secret, '/versions/', ...(reference.get('version').text() ?? ['latest'])];
}
