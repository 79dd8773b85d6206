import { ADMIN_API_VERSIONS, ADMIN_OPERATIONS, type AdminRight } from '../../../restate/admin-api';
import { eitherOf, type Language, matching, NOTHING } from '../language/language';

const LOOK: readonly AdminRight[] = ['see-the-server', 'see-what-is-deployed'];
const EVERYTHING: readonly AdminRight[] = [...new Set(ADMIN_OPERATIONS.map(({ right }) => right))];

/** The most that roles of these names may be given. One of another name may be given all that is known. */
const MOST: Readonly<Record<string, readonly AdminRight[]>> = {
  viewer: LOOK,
  stateReader: [...LOOK, 'query'],
  deployer: [...LOOK, 'deploy'],
};

/** The web UI, and what only it asks for. */
export const UI_PATHS: Language = matching('/(?:ui|internal)(?:[/?#][!-~]*)?');

/** Methods of the admin API. */
export const ADMIN_METHODS: readonly string[] = [...new Set(ADMIN_OPERATIONS.map(({ method }) => method))];

const PATHS = new Map<string, Language>();

/** Paths, queries included, that a role may ask for at most, by a method. */
export function mostPaths(role: string, method: string): Language {
  const rights = Object.hasOwn(MOST, role) ? MOST[role]! : EVERYTHING;
  const key = `${method} ${rights.join(' ')}`;
  const known = PATHS.get(key);
  if (known !== undefined) return known;
  const paths = ADMIN_OPERATIONS.filter((each) => each.method === method && rights.includes(each.right)).map(pathOf);
  const { least, most } = ADMIN_API_VERSIONS;
  const language = paths.length === 0 ? NOTHING : eitherOf(matching(`(?:/v[${least}-${most}])?(?:${paths.join('|')})`));
  PATHS.set(key, language);
  return language;
}

function pathOf({ template, query = {} }: (typeof ADMIN_OPERATIONS)[number]): string {
  const path = template
    .split('/')
    .map((segment) => (segment.startsWith('{') ? '[A-Za-z0-9_][A-Za-z0-9_.-]*' : segment))
    .join('/');
  const parameters = Object.entries(query).map(([name, value]) => `${name}=(?:${value})`);
  if (parameters.length === 0) return path;
  const one = `(?:${parameters.join('|')})`;
  return `${path}(?:\\?${one}(?:&${one})*)?`;
}
