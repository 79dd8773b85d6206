import { isEqual, type Reference, type Text, UNKNOWN } from './text';

/** Attributes by which a resource is named; any other one is of something else. */
const NAMES: readonly string[] = ['id', 'name', 'self_link', 'email', 'member', 'unique_id', 'account_id'];
/** What a file only looks up, or is told, may be what another name in it means. */
const NOT_MADE = /(?:^|\.)(?:data|var)\./;
/** Stands on both sides of a reference in a text, where no name has it. */
const MARK = '\0';

/** A name at the end of a path, and the project that the path begins with. */
interface ProjectName {
  readonly name: string;
  readonly project?: string;
}

/**
 * Whether two texts of a file name one thing: a network, an account. A resource is named by any attribute that is a name of it, and a name
 * by its path, whatever the path begins with. Bare names are of one project: whoever reads them says so where they are not.
 *
 * @returns `undefined` where that shows at deployment alone: one of them is a name and the other a reference, or says its project and the
 * other does not
 */
export function sameText(one: Text, other: Text | undefined): boolean | undefined {
  if (other === undefined) return false;
  if (one.length === 0 || other.length === 0) return undefined;
  if (isEqual(one, other)) return true;
  const [first, second] = [onlyReference(one), onlyReference(other)];
  if (first !== undefined && second !== undefined) return sameReference(first, second);
  const [mine, theirs] = [projectName(one), projectName(other)];
  if (mine === undefined || theirs === undefined) return undefined;
  if (mine.name !== theirs.name) return false;
  // an address of an account has its project in it
  return mine.name.includes('@') || sameProject(mine.project, theirs.project);
}

function sameReference(one: Reference, other: Reference): boolean | undefined {
  if ([one, other].some(({ attribute = 'id' }) => attribute === UNKNOWN || !NAMES.includes(attribute)))
    return undefined;
  if (one.logicalId === other.logicalId) return true;
  return [one, other].some(({ logicalId }) => NOT_MADE.test(logicalId)) ? undefined : false;
}

/** A project has a number beside its id. */
function sameProject(one: string | undefined, other: string | undefined): boolean | undefined {
  if (one === other) return true;
  if (one === undefined || other === undefined) return undefined;
  const isOpen = [one, other].some((each) => each.includes(MARK) || each === '-');
  return isOpen || /^\d+$/.test(one) !== /^\d+$/.test(other) ? undefined : false;
}

/** `undefined`: the name is not known. */
function projectName(text: Text): ProjectName | undefined {
  const spelt = text.map((part) => (typeof part === 'string' ? part : `${MARK}${part.logicalId}${MARK}`)).join('');
  const name = spelt.slice(spelt.lastIndexOf('/') + 1);
  if (name.includes(MARK)) return undefined;
  const [, project] = /(?:^|\/)projects\/([^/]+)\//.exec(spelt) ?? [];
  return { name, ...(project !== undefined && { project }) };
}

function onlyReference(text: Text): Reference | undefined {
  const [part] = text;
  return text.length === 1 && typeof part === 'object' ? part : undefined;
}
