import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { join } from 'node:path';
import { readArtifacts } from '../artifact/read';
import { restateContainer } from '../artifact/role';
import { UnreadableError } from '../artifact/unreadable-error';
import { findTargets, type Target } from './find-targets';
import { KEEP_LISTENERS, type KeepTask } from './keep-task';
import type { KeptDeployment } from './kept-deployment';
import { passBytes } from './network/pass-bytes';
import type { OnProgress, ProgressEvent } from './progress';
import { findIsolation } from './sandbox/isolation';
import { runInSandbox } from './sandbox/sandbox';
import { installToolchain, type Toolchain } from './toolchain/toolchain';

/** What to keep up, and for whom. */
export interface KeepOptions {
  /** A folder of synthesised output (`cdk.out`, `cdktf.out`), one CloudFormation template as JSON or YAML, one `cdk.tf.json`, or one plan of Terraform as JSON. */
  readonly path: string;
  /**
   * Name of the stack.
   *
   * @default - the only one with a deployment
   */
  readonly stack?: string;
  /**
   * A service of yours that runs on this machine, `http://127.0.0.1:9080`, to stand behind the server.
   *
   * @default - the run's own service
   */
  readonly service?: URL;
  /** Told what is going on. */
  readonly onProgress?: OnProgress;
  /** Told when it can be talked to, and how. */
  readonly onUp: (kept: KeptDeployment) => void;
  /** Takes it down. */
  readonly signal: AbortSignal;
}

/** Certificates of a run live for a day. */
const LONGEST_MS = 23 * 3_600_000;
const LOOPBACK = '127.0.0.1';

/**
 * Boots one deployment of what was synthesised, from the real servers, and keeps it up until the signal, for 23 hours at most: a local secured Restate to
 * develop against. Nothing is attacked. Nothing is left behind, however it ends.
 *
 * @throws UnreadableError when the path holds no deployment, or several; an error named CannotProveError when it does not come up
 */
export async function keep(options: KeepOptions): Promise<void> {
  const target = onlyTarget(options);
  const signal = AbortSignal.any([options.signal, AbortSignal.timeout(LONGEST_MS)]);
  try {
    const toolchain = await install(target, options);
    // what was told meanwhile is not told again
    signal.throwIfAborted();
    await stayUp(target, toolchain, { ...options, signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}

async function install({ host, subject }: Target, { onProgress = () => undefined }: KeepOptions): Promise<Toolchain> {
  onProgress({ kind: 'deployment', subject, index: 1, total: 1 });
  await findIsolation();
  const restateVersion = restateContainer(host)?.image.tag ?? '';
  return installToolchain({ restateVersion, onStep: (text) => onProgress({ kind: 'step', text }) });
}

async function stayUp({ artifact, host, subject }: Target, toolchain: Toolchain, options: KeepOptions): Promise<void> {
  const { service, signal } = options;
  const [ingress, operators, admin] = await Promise.all([listen(), listen(), listen()]);
  const input: KeepTask = {
    artifact,
    host: host.id,
    subject,
    toolchain,
    ports: { ingress: portOf(ingress), operators: portOf(operators), admin: portOf(admin) },
    ...(service && { service: { url: service.origin, path: service.pathname.replace(/\/$/, '') } }),
  };
  const ends: (() => void)[] = [];
  try {
    await runInSandbox({
      module: join(__dirname, 'sandboxed-keep.js'),
      input,
      timeoutMs: 2 * LONGEST_MS,
      signal,
      listeners: {
        [KEEP_LISTENERS.ingress]: ingress,
        [KEEP_LISTENERS.operators]: operators,
        [KEEP_LISTENERS.admin]: admin,
      },
      onListener: (_name, listener) => service && ends.push(leadTo(service, listener)),
      onEvent: (event, files) => tell(event as KeepEvent, files, options),
    });
  } finally {
    for (const end of ends) end();
  }
}

type KeepEvent = ProgressEvent | { readonly kind: 'kept'; readonly kept: KeptDeployment };

function onlyTarget({ path, stack }: KeepOptions): Target {
  const targets = findTargets({ path, artifacts: readArtifacts(path), ...(stack === undefined ? {} : { stack }) });
  const [target] = targets;
  if (target !== undefined && targets.length === 1) return target;
  const names = targets.map(({ subject }) => subject).join(', ');
  throw new UnreadableError(path, `one deployment can be kept, and it holds ${names}`, 'name one with --stack');
}

/** Its files are seen below the folder of the first process, for as long as that lives. */
function tell(event: KeepEvent, files: string, { onProgress, onUp }: KeepOptions): void {
  if (event.kind !== 'kept') return onProgress?.(event);
  const { caFile, clientCertificate, ...kept } = event.kept;
  const seen = (file: string): string => `${files}${file}`;
  onUp({
    ...kept,
    caFile: seen(caFile),
    ...(clientCertificate && {
      clientCertificate: {
        certificateFile: seen(clientCertificate.certificateFile),
        keyFile: seen(clientCertificate.keyFile),
      },
    }),
  });
}

/**
 * The listener is one of the sandbox's network; what comes in there goes to the developer's service in ours. Returns what ends it: a
 * socket that is held here would keep its network in being.
 */
function leadTo(service: URL, listener: Server): () => void {
  const address = service.hostname.replace(/^\[|\]$/g, '');
  const port = service.port === '' ? 80 : Number(service.port);
  const clients = new Set<Socket>();
  listener.on('connection', (client) => {
    clients.add(client);
    client.once('close', () => clients.delete(client));
    passBytes(client, { address, port });
  });
  return () => {
    listener.close();
    for (const client of clients) client.destroy();
  };
}

async function listen(): Promise<Server> {
  const server = createServer();
  await new Promise<void>((settle, reject) => {
    server.once('error', reject);
    server.listen(0, LOOPBACK, settle);
  });
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
