import type { Container, Dependency, Mount, Tmpfs } from '../artifact';
import { readImage } from '../image';
import type { Text } from '../text';
import type { Property } from '../property';
import { isMap, toLiteral, toText, type Value } from '../value';

const CONDITIONS: ReadonlyMap<string, Dependency['condition']> = new Map(
  (['START', 'COMPLETE', 'SUCCESS', 'HEALTHY'] as const).map((condition) => [condition, condition]),
);

/** Settings that change what runs and that a local boot does not reproduce. */
const NOT_MODELLED = ['EnvironmentFiles', 'VolumesFrom', 'CredentialSpecs', 'FirelensConfiguration'] as const;

/** Settings that are read, and those that say nothing about what a container runs, reads, writes or reaches. */
const KNOWN: readonly string[] = [
  'Command Cpu DependsOn DockerLabels DockerSecurityOptions EntryPoint Environment Essential HealthCheck Image',
  'Interactive LinuxParameters LogConfiguration Memory MemoryReservation MountPoints Name PortMappings Privileged',
  'PseudoTerminal ReadonlyRootFilesystem RepositoryCredentials RestartPolicy Secrets StartTimeout StopTimeout Ulimits',
  'User VersionConsistency WorkingDirectory',
].flatMap((line) => line.split(' '));
/** The same below `LinuxParameters`. */
const KNOWN_OF_LINUX = ['Capabilities', 'InitProcessEnabled', 'MaxSwap', 'SharedMemorySize', 'Swappiness', 'Tmpfs'];
const NO_NEW_PRIVILEGES = /^no-new-privileges(?:[:=](?:true|false))?$/;

/** Reads one container definition of an ECS task, with ECS's defaults for what is absent. */
export function readContainer(definition: Property): Container {
  for (const name of NOT_MODELLED) {
    if (definition.get(name).items().length > 0) {
      definition.get(name).unreadable('is not modelled');
    }
  }
  const linux = definition.get('LinuxParameters');
  const capabilities = linux.get('Capabilities');
  const user = definition.get('User').string();
  const stopTimeoutSeconds = definition.get('StopTimeout').integer();
  const logDriver = toLiteral(definition.get('LogConfiguration').get('LogDriver').value);
  const logOptions = definition.get('LogConfiguration').get('Options');
  const unmodelled = unmodelledOf(definition);
  return {
    name: definition.get('Name').string() ?? '',
    image: readImage(definition.get('Image').text() ?? []),
    ...argumentsOf(definition, 'EntryPoint', 'entryPoint'),
    ...argumentsOf(definition, 'Command', 'command'),
    environment: pairs(definition.get('Environment'), 'Value'),
    secrets: pairs(definition.get('Secrets'), 'ValueFrom'),
    ...(user !== undefined && { user }),
    readonlyRootFilesystem: definition.get('ReadonlyRootFilesystem').boolean() ?? false,
    privileged: definition.get('Privileged').boolean() ?? false,
    capabilitiesDropped: capabilities.get('Drop').strings(),
    capabilitiesAdded: capabilities.get('Add').strings(),
    noNewPrivileges: definition
      .get('DockerSecurityOptions')
      .strings()
      .some((option) => /^no-new-privileges(?:[:=]true)?$/.test(option)),
    tmpfs: linux.get('Tmpfs').items().map(readTmpfs),
    mounts: definition.get('MountPoints').items().map(readMount),
    dependsOn: definition.get('DependsOn').items().map(readDependency),
    essential: definition.get('Essential').boolean() ?? true,
    ...argumentsOf(definition.get('HealthCheck'), 'Command', 'healthCheck'),
    ...(stopTimeoutSeconds !== undefined && { stopTimeoutSeconds }),
    ...(logDriver !== undefined && { logDriver }),
    ...(isMap(logOptions.value) && { logOptions: textsOf(logOptions.value) }),
    ...(unmodelled.length > 0 && { unmodelled }),
  };
}

function unmodelledOf(definition: Property): readonly string[] {
  const linux = definition.get('LinuxParameters');
  const options = definition.get('DockerSecurityOptions').strings();
  return [
    ...definition.names().filter((name) => !KNOWN.includes(name)),
    ...linux
      .names()
      .filter((name) => !KNOWN_OF_LINUX.includes(name))
      .map((name) => `LinuxParameters.${name}`),
    ...options
      .filter((option) => !NO_NEW_PRIVILEGES.test(option))
      .map((option) => `DockerSecurityOptions ${JSON.stringify(option)}`),
  ];
}

function textsOf(map: ReadonlyMap<string, Value>): Readonly<Record<string, Text>> {
  return Object.fromEntries([...map].map(([name, value]) => [name, toText(value) ?? []] as const));
}

/** An empty list is what ECS takes for none: the image's own. */
function argumentsOf<Key extends string>(of: Property, name: string, key: Key): Partial<Record<Key, readonly Text[]>> {
  const texts = of.get(name).texts();
  return texts.length === 0 ? {} : ({ [key]: texts } as Record<Key, readonly Text[]>);
}

/** Later entries win, as in the runtime. */
function pairs(list: Property, valueName: string): Readonly<Record<string, Text>> {
  return Object.fromEntries(
    list.items().flatMap((pair) => {
      const name = pair.get('Name').string();
      const value = pair.get(valueName).text();
      return name === undefined ? [] : [[name, value ?? []] as const];
    }),
  );
}

function readTmpfs(tmpfs: Property): Tmpfs {
  return {
    path: tmpfs.get('ContainerPath').string() ?? '',
    sizeMib: tmpfs.get('Size').integer() ?? 0,
    options: tmpfs.get('MountOptions').strings(),
  };
}

function readMount(mount: Property): Mount {
  return {
    volume: mount.get('SourceVolume').string() ?? '',
    path: mount.get('ContainerPath').string() ?? '',
    readOnly: mount.get('ReadOnly').boolean() ?? false,
  };
}

function readDependency(dependency: Property): Dependency {
  const named = dependency.get('Condition').string() ?? '';
  const condition = CONDITIONS.get(named);
  if (condition === undefined) {
    dependency.unreadable(`has condition ${JSON.stringify(named)}`);
  }
  return { container: dependency.get('ContainerName').string() ?? '', condition: condition ?? 'HEALTHY' };
}
