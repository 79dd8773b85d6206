import type { Message } from '../fields/message';
import type { Proxy } from '../model/proxy';
import { doorsOf, filtersOf } from '../ways';

/** A provider of tokens that a door trusts. */
export interface TokenProvider {
  readonly name: string;
  /** Name of the listener. */
  readonly door: string;
  readonly kind: 'callers' | 'operators';
  readonly settings: Message;
  /** Requirements that name other audiences than the provider's own. */
  readonly otherAudiences: readonly (readonly string[])[];
}

/** Every provider of the doors for callers and operators. */
export function tokenProviders(proxy: Proxy): readonly TokenProvider[] {
  return doorsOf(proxy).flatMap((listener) =>
    filtersOf([listener], 'JwtAuthentication').flatMap(({ settings: filter }) => {
      const requirements = [
        ...filter.messages('rules').flatMap((rule) => rule.message('requires') ?? []),
        ...filter.entries('requirement_map').map(([, each]) => each),
      ].flatMap(withBelow);
      return filter.entries('providers').map(([name, settings]) => ({
        name,
        door: listener.name,
        kind: listener.kind === 'operators' ? ('operators' as const) : ('callers' as const),
        settings,
        otherAudiences: requirements.flatMap((requirement) => {
          const stated = requirement.message('provider_and_audiences');
          return stated?.text('provider_name') === name ? [stated.texts('audiences')] : [];
        }),
      }));
    }),
  );
}

function withBelow(requirement: Message): readonly Message[] {
  const below = ['requires_any', 'requires_all'].flatMap(
    (name) => requirement.message(name)?.messages('requirements') ?? [],
  );
  return [requirement, ...below.flatMap(withBelow)];
}
