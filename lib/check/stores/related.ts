import type { Artifact } from '../../artifact/artifact';
import type { AccessPolicy } from '../../artifact/access-policy';
import type { SnapshotSchedule } from '../../artifact/snapshot-schedule';
import type { Store } from '../../artifact/store';
import { references } from '../../artifact/text';
import { isEqual } from '../identity/text-pattern';
import type { CheckedDeployment } from '../checked-deployment';

/**
 * Ids of what the deployment uses: what its service, task, machine and balancers name, and so on from there; the policies of roles that it
 * acts as, and what those name; schedules that take its disks; logs of its part of the network. Nothing else of the file is its business.
 */
export function relatedTo(deployment: CheckedDeployment): ReadonlySet<string> {
  const known = RELATED.get(deployment);
  if (known !== undefined) return known;
  const found = new Related(deployment.artifact).from(seedsOf(deployment));
  RELATED.set(deployment, found);
  return found;
}

const RELATED = new WeakMap<CheckedDeployment, ReadonlySet<string>>();

/** The stores that the deployment uses; parts of a machine are known by its id. */
export function storesOf(deployment: CheckedDeployment): readonly Store[] {
  const related = relatedTo(deployment);
  return (deployment.artifact.stores ?? []).filter(({ id }) => related.has(id) || related.has(wholeOf(id)));
}

/** Whether a schedule takes snapshots of a disk. */
export function takes({ tags, disks }: SnapshotSchedule, disk: Store): boolean {
  const tagged = tags.some((wanted) =>
    (disk.tags ?? []).some((tag) => isEqual(tag.key, wanted.key) && isEqual(tag.value, wanted.value)),
  );
  return tagged || disks.some((named) => references(named).some(({ logicalId }) => logicalId === disk.id));
}

/** Every policy of the file, with whom it is of. */
function policiesOf({
  identities = [],
}: Artifact): readonly { readonly identity: string; readonly policy: AccessPolicy }[] {
  return identities.flatMap(({ id, policies }) => policies.map((policy) => ({ identity: id, policy })));
}

function wholeOf(id: string): string {
  return id.split('/')[0] ?? id;
}

/** The task, the service that runs it, the machine and its group, the balancers that lead to it. Without a server: every balancer. */
function seedsOf({ artifact, server }: CheckedDeployment): readonly string[] {
  const services = (artifact.cloudRun ?? []).map(({ id }) => id);
  if (server === undefined) return [...artifact.balancers.map(({ id }) => id), ...services];
  const { host } = server;
  const task = wholeOf(host.id);
  const ways = artifact.balancers.filter(({ listeners }) =>
    listeners.some(({ targets }) => targets.some((target) => wholeOf(target.host) === task)),
  );
  return [
    task,
    ...services,
    ...(artifact.mentions ?? []).filter(({ of }) => of.includes(task)).map(({ by }) => by),
    ...(host.machine === undefined ? [] : [host.machine.id]),
    ...(artifact.machineGroups ?? []).filter(({ machine }) => machine === host.machine?.id).map(({ id }) => id),
    ...ways.flatMap(({ id, listeners }) => [id, ...listeners.map((listener) => listener.id)]),
  ];
}

/** What is found from somewhere on. */
class Related {
  private readonly found = new Set<string>();
  private readonly named: ReadonlyMap<string, readonly string[]>;

  public constructor(private readonly artifact: Artifact) {
    this.named = new Map((artifact.mentions ?? []).map(({ by, of }) => [by, of]));
  }

  public from(seeds: readonly string[]): ReadonlySet<string> {
    let next = seeds;
    while (next.length > 0) {
      for (const id of next) this.add(id);
      next = this.attached().filter((id) => !this.found.has(id));
    }
    return this.found;
  }

  private add(seed: string): void {
    const open = [seed];
    for (let id = open.pop(); id !== undefined; id = open.pop()) {
      if (this.found.has(id)) continue;
      this.found.add(id);
      open.push(...(this.named.get(id) ?? []));
    }
  }

  /** What names something of it without being named by it. */
  private attached(): readonly string[] {
    const { artifact, found } = this;
    const disks = (artifact.stores ?? []).filter(({ id, kind }) => kind === 'disk' && found.has(id));
    return [
      ...policiesOf(artifact).flatMap(({ identity, policy }) => (found.has(identity) ? [policy.id] : [])),
      ...(artifact.snapshotSchedules ?? []).flatMap((schedule) =>
        disks.some((disk) => takes(schedule, disk)) ? [schedule.id] : [],
      ),
      ...(artifact.trafficLogs ?? []).flatMap(({ id, of }) =>
        of.some((text) => references(text).some(({ logicalId }) => found.has(logicalId))) ? [id] : [],
      ),
    ];
  }
}
