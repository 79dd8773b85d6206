import type { Template } from 'aws-cdk-lib/assertions';
import { resourcesOf, templateOf } from './template-of';

const template = templateOf();

/** What a resource stands after, by its own word or by that of what it stands after. */
function after(of: Template, type: string): ReadonlySet<string> {
  const all = new Map(resourcesOf(of, /./));
  const found = new Set<string>();
  const visit = (id: string): void => {
    const text = JSON.stringify([all.get(id)?.Properties, all.get(id)?.['DependsOn']]);
    for (const next of [...all.keys()].filter((each) => text.includes(`"${each}"`) && !found.has(each))) {
      found.add(next);
      visit(next);
    }
  };
  for (const [id] of resourcesOf(of, type)) visit(id);
  return found;
}

const ids = (type: string | RegExp): string[] => resourcesOf(template, type).map(([id]) => id);

test('the machine starts when its doors to AWS are open, and ends before they close', () => {
  const before = after(template, 'AWS::AutoScaling::AutoScalingGroup');
  const doors = [...ids('AWS::EC2::VPCEndpoint'), ...ids('AWS::EC2::SecurityGroupIngress')];
  expect(doors).toHaveLength(15);
  expect(doors.filter((id) => !before.has(id))).toEqual([]);
});

test('the task starts when it may read its secrets, write its logs and be reached, and its machine ends after it', () => {
  const before = after(template, 'AWS::ECS::Service');
  const needed = [
    ...ids('AWS::IAM::Policy').filter((id) => /Execution|Machine/.test(id)),
    ...ids(/Listener$|AutoScalingGroup$|VPCEndpoint$|Volume$|KMS::Key$|LogGroup$/).filter((id) => !/Flow/.test(id)),
  ];
  expect(needed).toHaveLength(18);
  expect(needed.filter((id) => !before.has(id))).toEqual([]);
});
