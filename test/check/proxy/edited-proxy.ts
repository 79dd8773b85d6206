import type { Artifact, Container } from '../../../lib/artifact/artifact';
import { bootstrapSource } from '../../../lib/artifact/bootstrap';
import { deploymentsOf } from '../../../lib/artifact/role';
import { resolve, type Text } from '../../../lib/artifact/text';
import type { CheckedDeployment } from '../../../lib/check/checked-deployment';
import { PROXY_CLAIMS } from '../../../lib/check/proxy/proxy-claims';
import { type Example, exampleArtifact } from '../examples';

/** A bootstrap as JSON, free to be edited. */
export type EditedBootstrap = Record<string, any>; // oxlint-disable-line typescript/no-explicit-any

const artifacts = new Map<Example, Artifact>();

/** What an example reads like, read once in a test file. */
function artifactOf(example: Example): Artifact {
  const artifact = artifacts.get(example) ?? exampleArtifact(example);
  artifacts.set(example, artifact);
  return artifact;
}

/** The configuration of an example's proxy. */
export function bootstrapOf(example: Example): EditedBootstrap {
  const [server] = deploymentsOf(artifactOf(example));
  const source = bootstrapSource(server!.envoy!);
  if (source.kind !== 'argument') throw new Error(`the proxy of ${example} has no configuration`);
  return JSON.parse(resolve(source.text, () => 'reference')) as EditedBootstrap;
}

/** An example whose proxy has another configuration, or is otherwise another container. */
export function withProxy(
  example: Example,
  bootstrap: EditedBootstrap | string,
  change: (envoy: Container) => Container = (envoy) => envoy,
): CheckedDeployment {
  const artifact = artifactOf(example);
  const [before] = deploymentsOf(artifact);
  const { envoy } = before!;
  const text: Text = [typeof bootstrap === 'string' ? bootstrap : JSON.stringify(bootstrap)];
  const index = envoy!.command!.findIndex(([word]) => word === '--config-yaml') + 1;
  const changed = change({ ...envoy!, command: envoy!.command!.with(index, text) });
  const containers = before!.host.containers.map((each) => (each === envoy ? changed : each));
  const host = { ...before!.host, containers };
  const hosts = artifact.hosts.map((each) => (each === before!.host ? host : each));
  return { artifact: { ...artifact, hosts }, server: { ...before!, host, envoy: changed } };
}

/** An example whose configuration was edited. */
export function edited(example: Example, edit: (bootstrap: EditedBootstrap) => unknown): CheckedDeployment {
  const bootstrap = bootstrapOf(example);
  edit(bootstrap);
  return withProxy(example, bootstrap);
}

/** Claim and verdict of everything that does not hold: `rate-bounded broken`. */
export function complaints(deployment: CheckedDeployment): readonly string[] {
  return PROXY_CLAIMS.flatMap(({ id, decide }) =>
    decide(deployment)
      .filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven')
      .map(({ verdict }) => `${id} ${verdict}`),
  );
}

/** Claim, verdict and evidence of everything. */
export function verdicts(deployment: CheckedDeployment): ReadonlyMap<string, string> {
  return new Map(
    PROXY_CLAIMS.map(({ id, decide }) => [
      id,
      decide(deployment)
        .map(({ verdict, evidence }) => `${verdict} ${evidence}`)
        .join(' | '),
    ]),
  );
}
