import type { Text } from '../../artifact/text';
import type { Fault } from './statement-faults';
import { spell } from './text-pattern';

/** What a policy of AWS allows, for those that roles of a deployment are given. */
const KNOWN: ReadonlyMap<string, 'narrow' | 'wide' | 'everything'> = new Map([
  ['service-role/AWSLambdaBasicExecutionRole', 'wide'],
  ['service-role/AWSLambdaVPCAccessExecutionRole', 'wide'],
  ['service-role/AmazonECSTaskExecutionRolePolicy', 'wide'],
  ['service-role/AmazonEC2ContainerServiceforEC2Role', 'wide'],
  ['AmazonSSMManagedInstanceCore', 'wide'],
  ['CloudWatchAgentServerPolicy', 'wide'],
  ['AmazonEC2ContainerRegistryReadOnly', 'wide'],
  ['AWSXRayDaemonWriteAccess', 'narrow'],
  ['AdministratorAccess', 'everything'],
  ['PowerUserAccess', 'everything'],
  ['SecretsManagerReadWrite', 'everything'],
]);
const OF_AWS = /^arn:(?:aws[a-z-]*|\$\{AWS::Partition\}):iam::aws:policy\/(.+)$/;

/** What a managed policy of AWS leaves open. Nearly all of them name no resources. */
export function managedFaults(arn: Text): readonly Fault[] {
  const name = spell(arn);
  const breadth = breadthOf(arn);
  if (breadth === 'narrow') return [];
  if (breadth !== undefined) return [{ verdict: 'broken', evidence: `has ${name}, which names no resources` }];
  return [{ verdict: 'unproven', evidence: `has ${name}, and what that allows is not in this file` }];
}

/** Whether a managed policy may let somebody read secrets or keys; `undefined` where it is not known. */
export function readsSecrets(arn: Text): boolean | undefined {
  const breadth = breadthOf(arn);
  return breadth === undefined ? undefined : breadth === 'everything';
}

function breadthOf(arn: Text): 'narrow' | 'wide' | 'everything' | undefined {
  const [, name] = OF_AWS.exec(spell(arn)) ?? [];
  return name === undefined ? undefined : KNOWN.get(name);
}
