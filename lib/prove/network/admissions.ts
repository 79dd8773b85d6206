import type { Artifact, Balancer, GroupRule } from '../../artifact/artifact';

/** The rules that let anybody in to a balancer, on one of its ports if one is given; `undefined` for one without groups, or without any balancer, where everybody is let in. */
export function admissions(
  artifact: Artifact,
  front: Balancer | undefined,
  port?: number,
): readonly GroupRule[] | undefined {
  if (front?.groups === undefined) return undefined;
  const { groups } = front;
  return artifact.groups
    .filter(({ id }) => groups.includes(id))
    .flatMap(({ rules }) => rules)
    .filter((rule) => rule.direction === 'in' && rule.protocol !== 'icmp' && covers(rule, port));
}

function covers({ protocol, fromPort, toPort }: GroupRule, port: number | undefined): boolean {
  return port === undefined || protocol === 'all' || (fromPort <= port && port <= toPort);
}
