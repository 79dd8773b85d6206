import type { Message } from '../fields/message';
import { both, matching, type Language } from '../language/language';
import { exampleOf } from '../language/texts-of';
import type { Chain, Way } from '../model/proxy';
import { certificateStates } from '../model/client-demand';
import { authentication } from './authentication';
import { authorization } from './authorization';
import { ANY_VALUES, type Clause, clausesOf } from './clause';
import type { CredentialState } from './credential-state';
import { allOf, ALWAYS, type Formula } from './formula';
import { routeMatch } from './request-matchers';

/** What a request can have as its path and query at all: one with a fragment is refused. */
const PATHS = matching('/[!"$-~]*');
const METHODS = matching('[A-Z-]+');

const ADMITTED = new WeakMap<Way, readonly Clause[]>();

/**
 * Every kind of request that a way lets through to what stands behind it, whatever the caller shows.
 *
 * @throws TooManyClauses
 */
export function admittedBy(chain: Chain, way: Way): readonly Clause[] {
  const known = ADMITTED.get(way);
  if (known !== undefined) return known;
  const found = statesOf(chain, way).flatMap((state) => clausesOf(formulaOf(way, state), state).filter(isPossible));
  ADMITTED.set(way, found);
  return found;
}

/** Paths, queries included, of the requests of a kind. */
export function pathsOf(clause: Clause): Language {
  return both(PATHS, headerOf(clause, ':path').values);
}

/** Methods of the requests of a kind. */
export function methodsOf(clause: Clause): Language {
  return both(METHODS, headerOf(clause, ':method').values);
}

/** What a header may be in the requests of a kind. */
export function headerOf({ headers }: Clause, name: string): typeof ANY_VALUES {
  return headers.get(name) ?? ANY_VALUES;
}

function formulaOf(way: Way, state: CredentialState): Formula {
  return allOf(routeMatch(way.match), ...way.filters.map(({ type, settings }) => ofFilter(type, settings, state)));
}

function ofFilter(type: string, settings: Message, state: CredentialState): Formula {
  if (type === 'JwtAuthentication') return authentication(settings, state);
  return type === 'RBAC' ? authorization(settings) : ALWAYS;
}

function isPossible(clause: Clause): boolean {
  // A token that nobody vouches for is still in its header; one that was verified was taken out.
  const shown = headerOf(clause, 'authorization');
  if (clause.state.token.kind === 'bad' && exampleOf(shown.values) === 'none') return false;
  return [...clause.headers].every(([name, { maybeAbsent, values }]) => {
    if (maybeAbsent && !name.startsWith(':')) return true;
    const within = name === ':path' ? pathsOf(clause) : name === ':method' ? methodsOf(clause) : values;
    return exampleOf(within) !== 'none';
  });
}

function statesOf(chain: Chain, { filters }: Way): readonly CredentialState[] {
  const providers = filters
    .filter(({ type }) => type === 'JwtAuthentication')
    .flatMap(({ settings }) => settings.entries('providers'));
  const verified = providers.map(([provider, message]): CredentialState['token'] => {
    const claims = message.text('payload_in_metadata');
    const issuer = message.text('issuer');
    return {
      kind: 'verified',
      provider,
      ...(claims !== undefined && { claims }),
      ...(issuer !== undefined && { issuer }),
    };
  });
  const tokens: readonly CredentialState['token'][] = [{ kind: 'none' }, { kind: 'bad' }, ...verified];
  return certificateStates(chain.tls).flatMap((certificate) => tokens.map((token) => ({ token, certificate })));
}
