import type { Message } from '../fields/message';
import { expressionOfMatcher } from '../admission/string-matcher';
import { both, except, type Language, languageOf, matching, text } from '../language/language';
import type { Cluster } from '../model/proxy';

/** Which headers are spoken of. */
export type HeaderList =
  'request_mutations' | 'request_trailers_mutations' | 'response_mutations' | 'response_trailers_mutations';

/** Names of headers, those of the request line among them. */
const NAMES: Language = matching("[a-z0-9!#$%&'*+.^_`|~:-]+");

const KEPT = new WeakMap<Cluster, Map<HeaderList, Language | undefined>>();

/** What is left of a list of headers behind the router, where nothing is added any more. `undefined`: not known. */
export function keptHeaders(cluster: Cluster, list: HeaderList): Language | undefined {
  const known = KEPT.get(cluster) ?? new Map<HeaderList, Language | undefined>();
  KEPT.set(cluster, known);
  if (!known.has(list)) known.set(list, findKept(cluster, list));
  return known.get(list);
}

function findKept({ options }: Cluster, list: HeaderList): Language | undefined {
  let kept: Language | undefined = NAMES;
  for (const filter of options?.messages('http_filters') ?? []) {
    const settings = filter.message('typed_config');
    if (settings?.type !== 'HeaderMutation' || filter.flag('disabled')) continue;
    for (const change of settings.message('mutations')?.messages(list) ?? []) {
      const removed = removedBy(change);
      if (kept === undefined || removed === undefined) kept = undefined;
      else kept = both(kept, except(removed));
    }
  }
  return kept;
}

/** Whether something is added after headers were taken away. */
export function addsHeaders({ options }: Cluster, list: HeaderList): boolean {
  return (options?.messages('http_filters') ?? []).some((filter) =>
    (filter.below('typed_config', 'mutations')?.messages(list) ?? []).some((change) => change.has('append')),
  );
}

function removedBy(change: Message): Language | undefined {
  const name = change.text('remove');
  if (name !== undefined) return text(name.toLowerCase());
  if (change.has('append')) return matching('[^!-~]');
  const matcher = change.below('remove_on_match', 'key_matcher');
  const expression = expressionOfMatcher(matcher);
  return expression === undefined ? undefined : languageOf(expression);
}
