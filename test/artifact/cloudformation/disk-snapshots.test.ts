import { artifactOf } from '../artifact-of';

const policy = (overrides: object): object => ({
  Policy: {
    Type: 'AWS::DLM::LifecyclePolicy',
    Properties: { State: 'ENABLED', PolicyDetails: { ResourceTypes: ['VOLUME'] }, ...overrides },
  },
});

describe('snapshots of disks', () => {
  test('are taken by a lifecycle policy that is on', () => {
    expect(artifactOf(policy({})).diskSnapshots).toEqual(['Policy']);
  });

  test.each<[string, object]>([
    ['is off', { State: 'DISABLED' }],
    ['is about machines', { PolicyDetails: { ResourceTypes: ['INSTANCE'] } }],
    ['is about nothing', { PolicyDetails: {} }],
  ])('are not taken by one that %s', (_, overrides) => {
    expect(artifactOf(policy(overrides)).diskSnapshots).toBeUndefined();
  });
});
