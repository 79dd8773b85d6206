import { extensions, listener, type Node } from '../envoy';
import { some } from '../template';

/** The policies by which the callers' listener lets requests through, or with `DENY` those by which it refuses some of them. */
export function policies(bootstrap: Node, action: 'ALLOW' | 'DENY' = 'ALLOW'): Node[] {
  return some(
    Object.values(policiesByName(bootstrap, action)).flatMap(Object.values<Node>),
    `policy that says ${action}`,
  );
}

/** The maps of policies by name, one for each filter. */
export function policiesByName(bootstrap: Node, action: 'ALLOW' | 'DENY'): Record<string, Node>[] {
  const rules = extensions(listener(bootstrap, 'tls'), 'RBAC').map((filter) => filter['rules'] as Node);
  return some(
    rules.filter((each) => each['action'] === action).map((each) => each['policies'] as Record<string, Node>),
    `filter that says ${action}`,
  );
}
