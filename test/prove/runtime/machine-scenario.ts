import { readFileSync, statSync } from 'node:fs';
import type { Artifact } from '../../../lib/artifact/artifact';
import { boot } from '../../../lib/prove/boot';
import type { BootedDeployment } from '../../../lib/prove/booted-deployment';
import type { ProbeReport } from '../../../lib/prove/probe';
import type { SandboxContext } from '../../../lib/prove/sandbox/inner-main';
import type { Toolchain } from '../../../lib/prove/toolchain/toolchain';

/** What was seen of a machine of Google that was booted. */
export interface BootedMachine {
  readonly good: ProbeReport;
  /** The same call after the server's place was taken by another. */
  readonly again: ProbeReport;
  readonly programs: readonly string[];
  /** Mode and owner of each secret file, as the container that reads it sees it. */
  readonly files: readonly string[];
  readonly metadataRequests: readonly string[];
  /** What Google's front end was asked, and how it answered. */
  readonly front: readonly string[];
  readonly replaced: readonly string[];
  readonly secrets: Readonly<Record<string, string>>;
  readonly said: string;
  readonly allUsers: boolean;
}

/** Boots the machine of an artifact, and calls a service through it. */
export async function sandboxed(input: unknown, context: SandboxContext): Promise<BootedMachine> {
  const { artifact, toolchain } = input as { readonly artifact: Artifact; readonly toolchain: Toolchain };
  const [host] = artifact.hosts;
  if (host === undefined) throw new Error('no host');
  const deployment = await boot(artifact, host, { toolchain, allUsers: context.allUsers, slow: false });
  const good = await call(deployment);
  const { restate, proxy } = deployment;
  const files = [
    [restate.pid(), '/keys/signing.pem'],
    [proxy.pid(), '/tls/cert.pem'],
    [proxy.pid(), '/tls/key.pem'],
  ].map(([pid, path]) => {
    const { mode, uid, gid } = statSync(`/proc/${pid}/root${path}`);
    return `${path} ${(mode & 0o777).toString(8)} ${uid}:${gid}`;
  });
  const programs = [restate, proxy].map((each) => readFileSync(`/proc/${each.pid()}/comm`, 'utf8').trim());
  await deployment.replaceServer('SIGKILL');
  const records = (await deployment.cloudRun?.records()) ?? [];
  return {
    good,
    again: await call(deployment),
    programs,
    files,
    metadataRequests: await deployment.metadataRequests(),
    front: records.map(({ method, path, shown, upstream = 'nobody', status }) =>
      [method, path.replace(/\/inv_\w+/, ''), shown, upstream, status].join(' '),
    ),
    replaced: deployment.replaced,
    secrets: deployment.secrets,
    said: [...deployment.replaced, ...deployment.emulated, ...deployment.containers.map((each) => each.log())].join(
      '\n',
    ),
    allUsers: context.allUsers,
  };
}

function call(deployment: BootedDeployment): Promise<ProbeReport> {
  const { address, port, hostname, ca } = deployment.door;
  return deployment.place('caller').probe({
    kind: 'http',
    protocol: 'http/1.1',
    address,
    port,
    tls: { servername: hostname, ca },
    method: 'POST',
    path: '/Greeter/greet',
    authority: hostname,
    headers: [
      ['content-type', 'application/json'],
      ['authorization', `Bearer ${deployment.issuer.token()}`],
    ],
    body: '"bob"',
    timeoutMs: 10_000,
  });
}
