import { bootstrapSource } from '../../lib/artifact/bootstrap';
import { resolve } from '../../lib/artifact/text';
import type { CheckedDeployment } from '../../lib/check/checked-deployment';
import { proxyPermissions } from '../../lib/check/diff/proxy-permissions';

/** Every value of the proxy's configuration, one a line, in places that are named where they have names. */
export function proxyLines({ server }: CheckedDeployment): readonly string[] {
  const source = bootstrapSource(server!.envoy!);
  if (source.kind !== 'argument') throw new Error(source.reason);
  const bootstrap: unknown = JSON.parse(resolve(source.text, ({ logicalId }) => `<${logicalId}>`));
  return linesOf(bootstrap, 'proxy');
}

/** Every value below a place, one a line. */
export function linesOf(value: unknown, place: string): readonly string[] {
  if (typeof value !== 'object' || value === null) return [`${place} = ${JSON.stringify(value)}`];
  const entries = Object.entries(value);
  if (entries.length === 0) return [`${place} is empty`];
  return entries.flatMap(([key, inner]) =>
    linesOf(inner, `${place}/${(Array.isArray(value) ? nameOf(inner) : undefined) ?? key}`),
  );
}

/** An item of a list is the same wherever it stands in it. Filters are not: their order is what they do. */
function nameOf(item: unknown): string | undefined {
  const { name, typed_config: config } = Object(item) as { readonly name?: unknown; readonly typed_config?: unknown };
  return typeof name === 'string' && config === undefined ? name : undefined;
}

/** What the proxy of one deployment admits, and that of another does not, by the engine that compares two syntheses. */
export function admittedBeyond(one: CheckedDeployment, other: CheckedDeployment): readonly string[] {
  const known = proxyPermissions(other).map((each) => ({ ...each, key: neutral(each.key, other) }));
  return proxyPermissions(one).flatMap(({ kind, key, beyond }) => {
    const same = known.filter((each) => each.kind === kind && each.key === neutral(key, one));
    return beyond(same) ?? [];
  });
}

function neutral(key: string, { server }: CheckedDeployment): string {
  return key.replaceAll(server!.host.id, 'the host');
}
