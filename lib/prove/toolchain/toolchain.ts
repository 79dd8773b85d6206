import { dirname } from 'node:path';
import { CannotProveError } from '../cannot-prove-error';
import { installCached } from './cache';
import { envoyTool } from './envoy-tool';
import { npmTool } from './npm-tool';
import { type Architecture, NODE_PINS, RESTATE_CLI_PINS, RESTATE_SERVERS, SDK_PINS } from './pins';

/** The real programs that a proof runs, as absolute paths in the cache. */
export interface Toolchain {
  /** The Envoy binary. */
  readonly envoy: string;
  /** The vendor's `restate-server` binary, of the version asked for. */
  readonly restateServer: string;
  /** A `node` that the SDK runs on. */
  readonly node: string;
  /** The vendor's command line, where operators have a door for it. */
  readonly restateCli?: string;
  /** The `node_modules` that holds `@restatedev/restate-sdk`. */
  readonly sdkModules: string;
}

/** What to install. */
export interface ToolchainOptions {
  /** The version that the template's image tag names, `1.7.12`. */
  readonly restateVersion: string;
  /** Whether operators come in by a door, and so with the vendor's command line. @default false */
  readonly restateCli?: boolean;
  /** Told what is being installed and why, once for each thing; never called when all is there. */
  readonly onStep?: (step: string) => void;
}

/**
 * Finds or installs what a proof runs, in `$XDG_CACHE_HOME/portcullis`. Everything is pinned by hash and fetched with the user's own
 * npm and pip settings. Costs a few file stats once it is there.
 *
 * @throws CannotProveError `VersionNotPinned`, `PlatformNotSupported`, `PipMissing`, `InstallFailed` or `CacheLocked`.
 */
export async function installToolchain(options: ToolchainOptions): Promise<Toolchain> {
  const arch = architecture();
  const server = `@restatedev/restate-server-linux-${arch}`;
  const node = NODE_PINS[arch];
  const [sdk] = SDK_PINS;
  const cli = RESTATE_CLI_PINS[arch];
  const [envoy, restateServer, nodeBinary, sdkPackage, restateCli] = await installCached(
    [
      envoyTool(arch),
      npmTool({
        step: `installing restate-server ${options.restateVersion} (81 MB, npm): the server of the template's image`,
        folder: `restate-server-${options.restateVersion}-${arch}`,
        entry: `${server}/bin/restate-server`,
        pins: [
          { name: server, version: options.restateVersion, integrity: serverIntegrity(options.restateVersion, arch) },
        ],
      }),
      npmTool({
        step: `installing Node.js ${node.version} (52 MB, npm): the Restate SDK hangs on versions below 22`,
        folder: `node-${node.version}-${arch}`,
        entry: `${node.name}/bin/node`,
        pins: [node],
      }),
      npmTool({
        step: `installing restate-sdk ${sdk.version} (1 MB, npm): the service that is called through the server`,
        folder: `restate-sdk-${sdk.version}`,
        entry: `${sdk.name}/package.json`,
        pins: SDK_PINS,
      }),
      ...(options.restateCli === true
        ? [
            npmTool({
              step: `installing restate ${cli.version} (80 MB, npm): the command line that operators use`,
              folder: `restate-cli-${cli.version}-${arch}`,
              entry: `${cli.name}/bin/restate`,
              pins: [cli],
            }),
          ]
        : []),
    ],
    options.onStep ?? (() => undefined),
  );
  return {
    envoy: envoy!,
    restateServer: restateServer!,
    node: nodeBinary!,
    ...(restateCli !== undefined && { restateCli }),
    sdkModules: dirname(dirname(dirname(sdkPackage!))),
  };
}

function architecture(): Architecture {
  if (process.platform === 'linux' && (process.arch === 'x64' || process.arch === 'arm64')) {
    return process.arch;
  }
  throw new CannotProveError(
    'PlatformNotSupported',
    `the servers cannot be run on ${process.platform} ${process.arch}`,
    'run the proof on Linux, x86-64 or arm64',
  );
}

function serverIntegrity(version: string, arch: Architecture): string {
  const integrities = RESTATE_SERVERS[arch];
  const integrity = Object.hasOwn(integrities, version) ? integrities[version] : undefined;
  if (integrity === undefined) {
    throw new CannotProveError(
      'VersionNotPinned',
      `no hash is known for restate-server ${JSON.stringify(version)} on ${arch}, so it is not run`,
      `use an image of one of these versions: ${Object.keys(integrities).join(', ')}`,
    );
  }
  return integrity;
}
