import { join } from 'node:path';
import { App, TerraformStack } from 'cdktf';
import * as successor from 'cdktn';
import { Construct } from 'constructs';
import { GoogleCredentials, RestateServer } from '../../lib/google';
import { assertOneFramework } from '../../lib/google/framework';
import { refusal } from '../core/refusal';
import { networkWith, newStack } from './network-of';
import { networkIn, PUBLIC_KEY, serverIn } from './template-of';

type Framework = Pick<typeof successor, 'App' | 'TerraformStack'>;

/** The one of cdktf and cdktn that these tests do not run on, by its folder, which no alias changes. */
function otherFramework(): Framework {
  const runsOnSuccessor = (TerraformStack as unknown) === successor.TerraformStack;
  const name = runsOnSuccessor ? 'cdktf' : 'cdktn';
  return jest.requireActual<Framework>(join(__dirname, '../../node_modules', name, 'lib/index.js'));
}

/** A second copy of the one that they run on, as two versions in one tree of modules would be. */
function secondCopy(): Framework {
  let copy: Framework | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<Framework>('cdktf');
  });
  if (copy === undefined) throw new Error('no second copy');
  return copy;
}

function stackOf({ App: SomeApp, TerraformStack: SomeStack }: Framework): TerraformStack {
  return new SomeStack(new SomeApp(), 'Orders') as unknown as TerraformStack;
}

describe('two copies of the framework in one app', () => {
  test.each([
    ['cdktf beside its successor', otherFramework],
    ['one of them twice', secondCopy],
  ])('are refused at once: %s', (_, framework) => {
    const { code, message } = refusal(() => serverIn(stackOf(framework()), { network: networkWith() }));
    expect(code).toBe('FrameworkMixed');
    expect(message).toContain('"Orders/Restate" was made by another copy of cdktf');
    expect(message).toContain('install cdktf once');
  });

  test('are refused where a construct of the other is a property', () => {
    const network = new Construct(stackOf(otherFramework()), 'Network');
    const { code, message } = refusal(() =>
      serverIn(newStack(), { network: network as unknown as ReturnType<typeof networkIn> }),
    );
    expect(code).toBe('FrameworkMixed');
    expect(message).toMatch(/^network "Orders\/Network" was made by another copy/);
  });

  test('are refused where a server of another stack is named', () => {
    const attributes = {
      hostnames: ['restate.example.com'],
      identityPublicKeys: [PUBLIC_KEY],
      serviceAccountEmail: 'restate@my-project.iam.gserviceaccount.com',
      credentials: GoogleCredentials.metadataServer(),
    };
    const stack = stackOf(otherFramework());
    expect(refusal(() => RestateServer.fromAttributes(stack, 'Restate', attributes)).code).toBe('FrameworkMixed');
  });

  test('is what a construct outside every stack looks like, too', () => {
    const { code, message } = refusal(() => assertOneFramework(new Construct(new App(), 'Alone')));
    expect(code).toBe('FrameworkMixed');
    expect(message).toContain('"Alone" stands in no TerraformStack');
  });
});

test('one copy alone is taken, with what is no construct beside it', () => {
  const stack = newStack();
  expect(() => assertOneFramework(stack, { network: networkIn(stack), zone: 'europe-west1-b' })).not.toThrow();
});
