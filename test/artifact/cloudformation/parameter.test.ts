import { artifactOf } from '../artifact-of';

const PARAMETERS = {
  Parameters: { Open: { Type: 'String', Default: 'no' }, Idle: { Type: 'String', Default: 'x' } },
  Conditions: { IsOpen: { 'Fn::Equals': [{ Ref: 'Open' }, 'yes'] }, IsIdle: { 'Fn::Equals': [{ Ref: 'Idle' }, 'x'] } },
};

test('an artifact names the parameters that it was read with at their defaults, and no others', () => {
  const rule = { IpProtocol: '-1', CidrIp: '0.0.0.0/0' };
  const group = {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: { SecurityGroupIngress: { 'Fn::If': ['IsOpen', [rule], []] } },
  };
  expect(artifactOf({ G: group }, PARAMETERS).defaults).toEqual([{ parameter: 'Open', value: 'no' }]);
  expect(artifactOf({}, PARAMETERS)).not.toHaveProperty('defaults');
});
