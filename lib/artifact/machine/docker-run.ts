import type { Container, PublishedPort, Tmpfs } from '../artifact';
import { readImage } from '../image';
import type { Text } from '../text';
import { dockerOptions } from './docker-options';
import { type DockerMount, readMount, readTmpfs, readVolume } from './docker-volumes';
import { isMarked } from './marks';

/** A container as `docker run` starts it, and what of it is the machine's. */
export interface DockerRun {
  /** Without those that it waits for. */
  readonly container: Container;
  readonly mounts: readonly DockerMount[];
  readonly published: readonly PublishedPort[];
  /** `--network`: `container:NAME`, `host`, `none`, or the name of a network. */
  readonly network: string;
  /** Whether the command ends when the container has begun. */
  readonly detached: boolean;
}

/** How a run is read. */
export interface DockerRunContext {
  /** A name for it where it gives itself none. */
  readonly name: string;
  /** Puts references back. */
  readonly text: (marked: string) => Text;
  readonly report: (reason: string) => void;
}

/** Of Docker's own, none leads to the network that containers share. */
const DEFAULT_NETWORK = 'bridge';

/**
 * Reads the words behind `docker run`.
 *
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 * @returns `undefined`, and a report, when they cannot be told apart
 */
export function readDockerRun(words: readonly string[], context: DockerRunContext): DockerRun | undefined {
  const { text, report } = context;
  const parsed = dockerOptions(words, report);
  if (parsed === undefined) return undefined;
  const all = (name: string): readonly string[] =>
    parsed.options.filter(([each]) => each === name).map(([, value]) => value);
  const isOn = (name: string): boolean => /^(?:true|t|1)$/i.test(all(name).at(-1) ?? 'false');
  const name = all('name').at(-1) ?? context.name;
  const user = all('user').at(-1) ?? '';
  const mounts = all('mount').map((value) => readMount(value, name, report));
  const attached = [
    ...all('volume').map((value) => readVolume(value, name, report)),
    ...mounts.filter((each) => 'mount' in each),
  ];
  const entryPoint = all('entrypoint').at(-1);
  const networks = all('network');
  const logDriver = all('log-driver').at(-1);
  if (networks.length > 1) report(`gives container ${name} several networks, which is not modelled`);
  if ([name, user, ...networks].some(isMarked))
    report(`names container ${name}, its user or its network by a reference`);
  return {
    container: {
      name,
      image: readImage(text(parsed.image)),
      ...(entryPoint !== undefined && { entryPoint: entryPoint === '' ? [] : [text(entryPoint)] }),
      ...(parsed.command.length > 0 && { command: parsed.command.map(text) }),
      environment: environmentOf(all('env'), name, context),
      secrets: {},
      ...(user !== '' && { user }),
      readonlyRootFilesystem: isOn('read-only'),
      privileged: isOn('privileged'),
      capabilitiesDropped: all('cap-drop'),
      capabilitiesAdded: all('cap-add'),
      noNewPrivileges: securityOf(all('security-opt'), name, report),
      tmpfs: [
        ...all('tmpfs').map(readTmpfs),
        ...mounts.flatMap((each): Tmpfs[] => ('tmpfs' in each ? [each.tmpfs] : [])),
      ],
      mounts: attached.map(({ mount }) => mount),
      dependsOn: [],
      essential: true,
      ...healthCheckOf(all('health-cmd').at(-1), isOn('no-healthcheck'), text),
      ...stopTimeoutOf(all('stop-timeout').at(-1)),
      ...(logDriver !== undefined && { logDriver }),
    },
    mounts: attached,
    published: all('publish').flatMap((value) => readPublished(value, name, report)),
    network: networks.at(-1) ?? DEFAULT_NETWORK,
    detached: isOn('detach'),
  };
}

/** Later ones win. A name without a value takes the machine's own, which no file gives. */
function environmentOf(
  values: readonly string[],
  name: string,
  { text, report }: DockerRunContext,
): Record<string, Text> {
  const pairs = values.flatMap((value) => {
    const at = value.indexOf('=');
    if (at > 0 && !isMarked(value.slice(0, at))) return [[value.slice(0, at), text(value.slice(at + 1))] as const];
    report(`gives container ${name} a variable whose name or value is not there`);
    return [];
  });
  return Object.fromEntries(pairs);
}

function securityOf(values: readonly string[], name: string, report: (reason: string) => void): boolean {
  const noNew = /^no-new-privileges(?:[:=](?<given>true|false))?$/;
  for (const value of values.filter((each) => !noNew.test(each))) {
    report(`gives container ${name} the security option ${JSON.stringify(value)}, which is not modelled`);
  }
  const last = values.findLast((value) => noNew.test(value));
  return last !== undefined && noNew.exec(last)?.groups?.['given'] !== 'false';
}

function healthCheckOf(
  command: string | undefined,
  off: boolean,
  text: (marked: string) => Text,
): Pick<Container, 'healthCheck'> {
  return command === undefined || command === '' || off ? {} : { healthCheck: [['CMD-SHELL'], text(command)] };
}

function stopTimeoutOf(value: string | undefined): Pick<Container, 'stopTimeoutSeconds'> {
  return value === undefined || !/^\d+$/.test(value) ? {} : { stopTimeoutSeconds: Number(value) };
}

/** `[address:]port:containerPort[/protocol]`. What stands on the machine's loopback alone is for nobody outside. */
function readPublished(value: string, name: string, report: (reason: string) => void): readonly PublishedPort[] {
  const [, address = '0.0.0.0', port, containerPort, protocol = 'tcp'] =
    /^(?:(\[[^\]]*\]|[\d.]*):)?(\d+):(\d+)(?:\/(tcp|udp|sctp))?$/.exec(value) ?? [];
  const isAny = ['', '0.0.0.0', '[::]'].includes(address);
  if (port === undefined || containerPort === undefined || protocol !== 'tcp' || !(isAny || isLoopback(address))) {
    report(`publishes ${JSON.stringify(value)} of container ${name}, which is not modelled`);
    return [];
  }
  return isAny ? [{ port: Number(port), containerPort: Number(containerPort) }] : [];
}

function isLoopback(address: string): boolean {
  return address === '[::1]' || /^127(?:\.\d+){3}$/.test(address);
}
