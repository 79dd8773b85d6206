import type { Artifact } from '../../artifact/artifact';
import { packageVersion } from '../../artifact/package-version';
import { readArtifacts } from '../../artifact/read';
import { checkDeployment } from '../check-artifact';
import { CHECKED_CLAIMS } from '../checked-claims';
import { findDeployments, type FoundDeployment } from '../find-deployments';
import { type Places, placesOf } from '../places';
import { type CheckResult, sourceOf } from '../report';
import { compareClaims } from './compare-claims';
import type { Change, DiffReport } from './diff-report';
import type { Permission } from './permission';
import { permittedBy, type Permitted } from './permissions';

/** What to compare. */
export interface DiffOptions {
  /** What was synthesised before: a path as `check` takes it. */
  readonly before: string;
  /** What was synthesised now. */
  readonly after: string;
  /**
   * Name of the one stack to look at.
   *
   * @default - every stack that holds a deployment on either side
   */
  readonly stack?: string;
}

/** One stack of one side. */
interface Side {
  readonly name: string;
  readonly places: Places;
  readonly permitted: Permitted;
  readonly claims: readonly CheckResult[];
}

const NOTHING: Omit<Side, 'name'> = {
  places: () => undefined,
  permitted: { permissions: [], denials: [] },
  claims: [],
};

/**
 * Compares what two syntheses permit: who reaches what, which rights, requests and headers are given, and which claims became worse or
 * better. Stacks are paired by their names; where each side has but one, those are a pair.
 *
 * @throws UnreadableError when a path holds no deployment
 */
export function diff({ before, after, stack }: DiffOptions): DiffReport {
  const [earlier, later] = [sidesOf(before, stack), sidesOf(after, stack)];
  const pairs = paired(earlier, later);
  const several = pairs.length > 1;
  const changes = pairs.flatMap(([was, is]) =>
    compare(was ?? NOTHING, is ?? NOTHING).map((change) => ({
      ...change,
      subject: several ? `${(is ?? was)?.name}/${change.subject}` : change.subject,
    })),
  );
  const opened = changes.filter(({ change }) => change === 'opened');
  const closed = changes.filter(({ change }) => change === 'closed');
  return {
    tool: 'portcullis',
    version: packageVersion(),
    before,
    after,
    changes: [...opened, ...closed],
    summary: { opened: opened.length, closed: closed.length, exitCode: opened.length > 0 ? 1 : 0 },
  };
}

function sidesOf(path: string, stack: string | undefined): readonly Side[] {
  const found = findDeployments([{ path, artifacts: readArtifacts(path) }], stack);
  const artifacts = new Map<Artifact, FoundDeployment[]>();
  for (const each of found) {
    const { artifact } = each.deployment;
    artifacts.set(artifact, [...(artifacts.get(artifact) ?? []), each]);
  }
  return [...artifacts].map(([artifact, deployments]) => {
    const places = placesOf(artifact);
    return {
      name: artifact.name,
      places,
      permitted: permittedBy(
        artifact,
        deployments.map(({ deployment }) => deployment),
      ),
      claims: deployments.flatMap(({ deployment }) =>
        checkDeployment({ deployment, prefix: '' }, CHECKED_CLAIMS, places),
      ),
    };
  });
}

/** A stack as it was and as it is. */
type Pair = readonly [Side | undefined, Side | undefined];

function paired(before: readonly Side[], after: readonly Side[]): readonly Pair[] {
  if (before.length === 1 && after.length === 1) return [[before[0], after[0]]];
  const gone = before.filter(({ name }) => !after.some((side) => side.name === name));
  return [
    ...after.map((side): Pair => [before.find(({ name }) => name === side.name), side]),
    ...gone.map((side): Pair => [side, undefined]),
  ];
}

type Compared = Omit<Side, 'name'>;

function compare(was: Compared, is: Compared): readonly Change[] {
  const [before, now] = [was.permitted, is.permitted];
  return [
    ...told('opened', now.permissions, before.permissions, is.places),
    ...told('opened', stillBearing(before.denials, is), now.denials, was.places).map(denied),
    ...told('closed', before.permissions, now.permissions, was.places),
    ...told('closed', stillBearing(now.denials, was), before.denials, is.places).map(denied),
    ...compareClaims(was.claims, is.claims),
  ];
}

function told(
  change: Change['change'],
  some: readonly Permission[],
  others: readonly Permission[],
  places: Places,
): readonly Change[] {
  return beyond(some, others).map((each) => ({ change, ...each, source: sourceOf(each.subject, places).source }));
}

function denied(change: Change): Change {
  const what = change.change === 'opened' ? `no longer ${change.what}` : change.what;
  return { ...change, kind: 'denial', what };
}

/** A policy that denies opens nothing when it goes together with what it stands at, and closes nothing when it comes with it. */
function stillBearing(denials: readonly Permission[], { permitted, places }: Compared): readonly Permission[] {
  const isLeft = permitted.permissions.length > 0;
  return denials.filter(({ kind, subject }) => isLeft && (kind !== 'right' || places(subject) !== undefined));
}

/** What some permit that others do not, each thing once. */
function beyond(
  some: readonly Permission[],
  others: readonly Permission[],
): readonly (Pick<Permission, 'kind' | 'subject'> & { readonly what: string })[] {
  const known = new Map<string, Permission[]>();
  for (const other of others) {
    const key = `${other.kind} ${other.key}`;
    const same = known.get(key);
    if (same === undefined) known.set(key, [other]);
    else same.push(other);
  }
  const found = some.flatMap(({ kind, key, subject, beyond: more }) => {
    const what = more(known.get(`${kind} ${key}`) ?? []);
    return what === undefined ? [] : [{ kind, subject, what }];
  });
  return [...new Map(found.map((each) => [`${each.kind} ${each.subject} ${each.what}`, each])).values()];
}
