import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Template } from 'aws-cdk-lib/assertions';
import { generateIdentityKey } from '../../lib/restate/request-identity';
import { refusal } from '../core/refusal';
import { newStack, PUBLIC_KEY, resourceOf, serverIn } from './template-of';

const NEXT = generateIdentityKey().publicKey;

function serverWith(publicKey: string, alsoAccepted?: readonly string[]): { keys: readonly string[]; task: unknown } {
  const stack = newStack();
  const secret = Secret.fromSecretNameV2(stack, 'Key', 'orders/identity');
  const server = serverIn(stack, {
    identity: { secret, publicKey, ...(alsoAccepted !== undefined && { alsoAccepted }) },
  });
  const keys = server.identityPublicKeys;
  return { keys, task: resourceOf(Template.fromStack(stack), 'AWS::ECS::TaskDefinition').Properties };
}

describe('a rotation of the request identity', () => {
  test('gives services the key that is to come before the server signs with it, and the old one after', () => {
    expect(serverWith(PUBLIC_KEY).keys).toEqual([PUBLIC_KEY]);
    expect(serverWith(PUBLIC_KEY, [NEXT]).keys).toEqual([PUBLIC_KEY, NEXT]);
    expect(serverWith(NEXT, [PUBLIC_KEY]).keys).toEqual([NEXT, PUBLIC_KEY]);
  });

  test('leaves the task alone while services learn the next key, and while they forget the old one', () => {
    expect(serverWith(PUBLIC_KEY, [NEXT]).task).toEqual(serverWith(PUBLIC_KEY).task);
    expect(serverWith(NEXT, [PUBLIC_KEY]).task).toEqual(serverWith(NEXT).task);
  });

  test('starts a new task, which takes the secret anew, with the key that the server signs with', () => {
    expect(serverWith(NEXT).task).not.toEqual(serverWith(PUBLIC_KEY).task);
  });

  test.each<[string, string, readonly string[], string]>([
    ['no key', 'PublicKeyInvalid', ['ssh-ed25519 AAAA'], 'identity.alsoAccepted[0]'],
    ['the private half of one', 'PublicKeyInvalid', [NEXT, generateIdentityKey().privateKeyPem], 'alsoAccepted[1]'],
    ['the key that the server signs with', 'PublicKeyRepeated', [PUBLIC_KEY], 'identity.alsoAccepted[0]'],
    ['the same key twice', 'PublicKeyRepeated', [NEXT, NEXT], 'identity.alsoAccepted[1]'],
  ])('is refused with %s', (_, code, alsoAccepted, named) => {
    const refused = refusal(() => serverWith(PUBLIC_KEY, alsoAccepted));
    expect(refused.code).toBe(code);
    expect(refused.message).toContain(named);
  });
});
