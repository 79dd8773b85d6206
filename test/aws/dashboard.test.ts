import type { Template } from 'aws-cdk-lib/assertions';
import { everything } from './everything';
import { resourceOf, templateOf } from './template-of';

function body(template: Template): string {
  return JSON.stringify(resourceOf(template, 'AWS::CloudWatch::Dashboard').Properties['DashboardBody']);
}

describe('the dashboard', () => {
  test('is one, without a name, and shows every alarm', () => {
    const template = templateOf(everything);
    expect(resourceOf(template, 'AWS::CloudWatch::Dashboard').Properties['DashboardName']).toBeUndefined();
    expect(body(template).match(/"Fn::GetAtt":\["RestateMonitoringAlarms/g)).toHaveLength(11);
  });

  test('shows what expires where something does', () => {
    expect(body(templateOf(everything))).toMatch(
      /Certificate, days.*Revocation list, seconds.*API key in use, seconds/,
    );
    expect(body(templateOf())).not.toMatch(/Revocation|API key|operators/);
  });
});
