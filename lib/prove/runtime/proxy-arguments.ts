import type { Container } from '../../artifact/artifact';
import { type Bootstrap, bootstrapSource, parseBootstrap } from '../../artifact/bootstrap';
import type { Text } from '../../artifact/text';
import { CannotProveError } from '../cannot-prove-error';

/** Envoy's arguments as they run, and the configuration in them. */
export interface ProxyArguments {
  /** What follows the entry point. */
  readonly command: readonly string[];
  readonly entryPoint: readonly string[] | undefined;
  readonly bootstrap: Bootstrap;
}

const FLUSH = '--file-flush-interval-msec';
const FLUSH_MS = '50';

/**
 * The arguments of an Envoy container, with its bootstrap changed by `adapt`. Untouched, the text stays letter by letter what the
 * artifact holds.
 *
 * @throws CannotProveError `ProxyUnreadable`
 */
export function proxyArguments(
  container: Container,
  text: (text: Text) => string,
  adapt: (bootstrap: Bootstrap) => Bootstrap,
): ProxyArguments {
  const source = bootstrapSource(container);
  const original = source.kind === 'argument' ? parseBootstrap(text(source.text)) : undefined;
  if (source.kind !== 'argument' || original === undefined) {
    throw new CannotProveError(
      'ProxyUnreadable',
      `the configuration of container ${container.name} cannot be read: ${source.kind === 'argument' ? 'it is no JSON or YAML map' : source.reason}`,
      'give Envoy its whole configuration with --config-yaml',
    );
  }
  const bootstrap = adapt(original);
  const words = (list: 'command' | 'entryPoint'): readonly string[] | undefined =>
    container[list]?.map((word, index) =>
      bootstrap !== original && source.list === list && source.index === index
        ? source.prefix + JSON.stringify(bootstrap)
        : text(word),
    );
  return { command: withFlush(words('command') ?? []), entryPoint: words('entryPoint'), bootstrap };
}

/** Whether the access log is written out late, after the 10 s that Envoy takes when nothing is said. */
export function flushesLate(container: Container): boolean {
  return ![...(container.entryPoint ?? []), ...(container.command ?? [])].some(
    ([start]) => typeof start === 'string' && start.startsWith(FLUSH),
  );
}

function withFlush(command: readonly string[]): readonly string[] {
  return command.some((word) => word.startsWith(FLUSH)) ? command : [...command, FLUSH, FLUSH_MS];
}
