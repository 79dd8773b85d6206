import type { Call } from './emulator';

/** What a stack has made, by names that are the same in every run: the logical ids without `Restate`, and without their hashes where they are told apart. */
export interface DeployedStack {
  readonly name: string;
  /** What tells it from every other stack, in the letters and digits that a suffix may have. */
  readonly unique: string;
  readonly call: Call;
  /** Physical ids by name. */
  readonly ids: Readonly<Record<string, string>>;
  /** Names and physical ids of a type. */
  of(type: string): readonly (readonly [name: string, id: string])[];
  /** A value in which each physical id is the name of what it is, in braces. */
  named<T>(value: T): T;
}

interface Summary {
  readonly LogicalResourceId: string;
  readonly PhysicalResourceId: string;
  readonly ResourceType: string;
}

/** Reads which resources CloudFormation holds to be the stack's. */
export async function readStack(call: Call, name: string): Promise<DeployedStack> {
  const { StackResourceSummaries } = (await call('cloudformation', 'list_stack_resources', {
    StackName: name,
  })) as { StackResourceSummaries: readonly Summary[] };
  // The framework's note about itself is no resource.
  const resources = StackResourceSummaries.filter(({ PhysicalResourceId }) => (PhysicalResourceId ?? '') !== '');
  const { StackId: stackId } = (await call('cloudformation', 'describe_stacks', { StackName: name })).Stacks[0];
  const [, , unique] = (stackId as string).split('/') as [string, string, string];
  const short = resources.map(({ LogicalResourceId }) => shortName(LogicalResourceId));
  const nameOf = (id: string): string =>
    short.indexOf(shortName(id)) === short.lastIndexOf(shortName(id)) ? shortName(id) : id;
  const suffix = unique.replaceAll('-', '').slice(0, 20);
  const words = new Map<string, string>([
    [stackId, '{stack}'],
    [unique, '{stack}'],
    [suffix, '{stack}'],
  ]);
  for (const { LogicalResourceId, PhysicalResourceId, ResourceType } of resources) {
    if (ResourceType === 'AWS::S3::BucketPolicy') continue;
    for (const alias of aliases(PhysicalResourceId)) words.set(alias, `{${nameOf(LogicalResourceId)}}`);
  }
  const longestFirst = [...words].toSorted(([one], [other]) => other.length - one.length);
  return {
    name,
    unique: suffix,
    call,
    ids: Object.fromEntries(resources.map((each) => [nameOf(each.LogicalResourceId), each.PhysicalResourceId])),
    of: (type) =>
      resources
        .filter(({ ResourceType }) => ResourceType === type)
        .map(({ LogicalResourceId, PhysicalResourceId }) => [nameOf(LogicalResourceId), PhysicalResourceId] as const)
        .toSorted(([one], [other]) => one.localeCompare(other)),
    named: (value) => replaced(value, longestFirst),
  };
}

/** `RestateSecurityGroupsTaskA9A27F3C`: `SecurityGroupsTask`. */
function shortName(logicalId: string): string {
  return logicalId.replace(/^Restate(?=[A-Z])/, '').replace(/[0-9A-F]{8}$/, '');
}

/** Balancers and their groups are spoken of by the end of their ARNs, too. */
function aliases(id: string): readonly string[] {
  const end = /:(?:loadbalancer\/)?((?:targetgroup|net|app)\/[^:]+)$/.exec(id)?.[1];
  return end === undefined ? [id] : [id, end];
}

function replaced<T>(value: T, words: readonly (readonly [string, string])[]): T {
  const text = words.reduce((sofar, [id, name]) => sofar.replaceAll(id, name), JSON.stringify(value));
  return JSON.parse(text) as T;
}
