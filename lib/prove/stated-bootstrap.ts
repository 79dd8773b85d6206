import type { Host } from '../artifact/artifact';
import { type Bootstrap, bootstrapSource, parseBootstrap } from '../artifact/bootstrap';
import { envoyContainer } from '../artifact/role';
import { resolve } from '../artifact/text';

/**
 * The proxy's configuration as the file states it; `undefined` where it states none that can be read. A reference stands as its name,
 * the same wherever it stands, so that what is compared is equal where it will be.
 */
export function statedBootstrap(host: Host): Bootstrap | undefined {
  const envoy = envoyContainer(host);
  const source = envoy === undefined ? undefined : bootstrapSource(envoy);
  if (source?.kind !== 'argument') return undefined;
  return parseBootstrap(resolve(source.text, ({ logicalId, attribute = '' }) => `${logicalId}${attribute}`));
}
