/** A container of the machine. */
export interface DockerContainer {
  readonly name: string;
  /** `repository:tag@digest` */
  readonly image: string;
  /** uid, and gid too. */
  readonly user: number;
  readonly memoryMib: number;
  /** Name of a network, `container:NAME` of whom it shares one with, or `none`. */
  readonly network: string;
  /** Ports of the machine that lead to one of its own. @default - none */
  readonly publish?: readonly { readonly port: number; readonly containerPort: number }[];
  /** What of the machine it sees, all of it in memory but the data disk. @default - nothing */
  readonly mounts?: readonly BindMount[];
  readonly environment?: Readonly<Record<string, string>>;
  /**
   * Whether what it writes goes to Cloud Logging. Docker starts no container whose log it cannot open, and the right to write one may take
   * minutes to be known everywhere: what is started once and never again does not wait for it. Docker hands its lines to the unit either way.
   *
   * @default true
   */
  readonly isLogged?: boolean;
  readonly entryPoint: string;
  readonly command: readonly string[];
}

/** A file or folder of the machine at a path of a container. */
export interface BindMount {
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
}

const DOCKER = '/usr/bin/docker';

/**
 * Renders the words that start a container, and stay until it ends. What every container gets: a user of its own, nothing to write on, no
 * power over the machine, and a log that makes nobody wait. The image is on the machine by then: `--pull never` starts nothing else.
 *
 * A bind mount whose source is missing is an error; `--volume` would make an empty folder in its place.
 *
 * @see https://docs.docker.com/reference/cli/docker/container/run/
 */
export function dockerRun(container: DockerContainer): readonly string[] {
  const {
    name,
    image,
    user,
    memoryMib,
    network,
    publish = [],
    mounts = [],
    environment = {},
    isLogged = true,
  } = container;
  const size = `${memoryMib}m`;
  return [
    DOCKER,
    'run',
    '--rm',
    '--pull=never',
    `--name=${name}`,
    `--network=${network}`,
    ...publish.map(({ port, containerPort }) => `--publish=${port}:${containerPort}`),
    `--user=${user}:${user}`,
    '--read-only',
    '--cap-drop=ALL',
    '--security-opt=no-new-privileges',
    `--memory=${size}`,
    `--memory-swap=${size}`,
    '--ulimit=nofile=65536:65536',
    ...(isLogged ? CLOUD_LOGGING : ['--log-driver=none']),
    ...mounts.map((mount) => `--mount=${bindMount(mount)}`),
    ...Object.entries(environment).map(([variable, value]) => `--env=${variable}=${value}`),
    `--entrypoint=${container.entryPoint}`,
    image,
    ...container.command,
  ];
}

/** What takes away a container of that name which an earlier start left behind. */
export function dockerRemove(...names: readonly string[]): readonly string[] {
  return [DOCKER, 'rm', '--force', ...names];
}

/** What ends a container, by force after so many seconds. */
export function dockerStop(name: string, seconds: number): readonly string[] {
  return [DOCKER, 'stop', '--time', String(seconds), name];
}

/** What waits to be written: a flood of callers that fills it loses lines of operators, too, and Docker's own is one mebibyte. */
const LOG_BUFFER = '25m';

const CLOUD_LOGGING = [
  '--log-driver=gcplogs',
  '--log-opt=mode=non-blocking',
  `--log-opt=max-buffer-size=${LOG_BUFFER}`,
];

function bindMount({ source, target, readOnly }: BindMount): string {
  return `type=bind,source=${source},target=${target}${readOnly ? ',readonly' : ''}`;
}
