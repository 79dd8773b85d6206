import type { Message } from '../fields/message';
import type { Filter } from './proxy';
import type { ListenerContext } from './read-listeners';

/** What a route, or something above it, says about the filter of a name. */
export interface Override {
  /** Name of the filter, as the chain names it. */
  readonly filter: string;
  readonly path: string;
  /** Absent: the filter is turned off. */
  readonly settings?: Message;
}

/** What is said of filters, the most exact first. */
export function overrides(messages: readonly Message[], { doubt }: ListenerContext): readonly Override[] {
  return messages.toReversed().flatMap((message) =>
    message.entries('typed_per_filter_config').map(([filter, said]): Override => {
      if (said.type !== 'FilterConfig') return { filter, path: said.path, settings: said };
      const inner = said.message('config');
      if (said.flag('disabled')) return { filter, path: said.path };
      if (inner === undefined)
        doubt({ path: said.path, reason: 'turns a filter on or off in a way that is not followed' });
      return { filter, path: said.path, settings: inner ?? said };
    }),
  );
}

/** The filters of a chain as a way has them. */
export function withOverrides(
  filters: readonly Filter[],
  said: readonly Override[],
  context: ListenerContext,
): readonly Filter[] {
  for (const { filter, path } of said) {
    if (!filters.some(({ name }) => name === filter)) {
      context.doubt({
        path,
        reason: `is about a filter ${JSON.stringify(filter)} that the chain does not have, or has turned off`,
      });
    }
  }
  return filters.flatMap((filter) => {
    const override = said.find((each) => each.filter === filter.name);
    return override === undefined ? [filter] : overridden(filter, override, context);
  });
}

function overridden(filter: Filter, { settings, path }: Override, { doubt }: ListenerContext): readonly Filter[] {
  if (settings === undefined) return [];
  switch (`${filter.type} ${settings.type}`) {
    case 'Cors CorsPolicy':
      return [filter];
    case 'JwtAuthentication PerRouteConfig':
      if (settings.flag('disabled')) return [];
      doubt({ path, reason: 'names another requirement for a token, which is not followed' });
      return [filter];
    case 'RBAC RBACPerRoute': {
      const rules = settings.message('rbac');
      return rules === undefined ? [] : [{ ...filter, settings: rules }];
    }
    case 'LocalRateLimit LocalRateLimit':
      return [{ ...filter, settings }];
    default:
      doubt({ path, reason: `changes the filter ${filter.name} in a way that is not followed` });
      return [filter];
  }
}
