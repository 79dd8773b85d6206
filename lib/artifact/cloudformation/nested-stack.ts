import { mentions } from '../mention';
import type { Resources } from './resources';

/**
 * Reports every nested stack, whose template is not followed, and every used security group that one is given: its template may add rules to
 * the group that nobody here sees.
 */
export function reportNestedStacks(resources: Resources, usedGroups: readonly string[]): void {
  for (const { id, properties } of resources.ofType('AWS::CloudFormation::Stack')) {
    resources.report(id, 'is a nested stack, which is not followed; give its template by its own path');
    const given = properties.get('Parameters').value;
    for (const group of usedGroups.filter((each) => mentions(given, [each]))) {
      resources.report(group, `is given to the nested stack ${id}, which may add rules to it`);
    }
  }
}
