import { deploymentsOf } from '../../lib/artifact/role';
import { artifactOf } from './artifact-of';

function roles(...definitions: readonly object[]): { restate: string; envoy: string | undefined } | undefined {
  const [found] = deploymentsOf(
    artifactOf({ T: { Type: 'AWS::ECS::TaskDefinition', Properties: { ContainerDefinitions: definitions } } }),
  );
  return found === undefined ? undefined : { restate: found.restate.name, envoy: found.envoy?.name };
}

const MINT = {
  Name: 'a',
  Image: 'restatedev/restate:1',
  EntryPoint: ['/bin/sh', '-c'],
  Command: ['openssl req -x509'],
  Essential: false,
};
const SERVER = {
  Name: 'b',
  Image: 'restatedev/restate:1',
  EntryPoint: ['/bin/sh', '-c'],
  Command: ['umask 077\nexec restate-server --no-logo'],
};
const PROXY = { Name: 'c', Image: 'envoyproxy/envoy:distroless-v1.40.0', Command: ['--config-yaml', '{}'] };

test('a deployment is known by what runs in it, not by the names of its containers', () => {
  expect(roles(MINT, SERVER, PROXY)).toEqual({ restate: 'b', envoy: 'c' });
  expect(roles({ ...PROXY, Name: 'restate' }, { ...SERVER, Name: 'envoy' })).toEqual({
    restate: 'envoy',
    envoy: 'restate',
  });
});

test.each([
  ['an image of that name with its own entry point', { Image: 'docker.restate.dev/restatedev/restate:1.7.12' }],
  ['an image in a private registry, by port', { Image: 'r.example:5000/restate-server' }],
  ['an image by digest', { Image: `x/restate@sha256:${'a'.repeat(64)}` }],
  [
    'an image whose name only the cloud knows, by its variables',
    { Image: { Ref: 'I' }, Environment: [{ Name: 'RESTATE_NODE_NAME', Value: 'n1' }] },
  ],
  ['an image of any name, by its arguments', { Image: 'x', Command: ['--node-name=n1'] }],
  ['an image of any name that runs the binary', { Image: 'x', EntryPoint: ['/usr/local/bin/restate-server'] }],
])('Restate is recognised: %s', (_how, definition) => {
  expect(roles({ Name: 'r', ...definition })?.restate).toBe('r');
});

test.each([
  ['an image of that name', { Image: 'envoyproxy/envoy:v1.40.0' }],
  ['a distroless image', { Image: 'envoyproxy/envoy-distroless:v1.40.0' }],
  [
    'an image whose name only the cloud knows, by its arguments',
    { Image: { Ref: 'I' }, Command: ['--config-yaml', '{}'] },
  ],
  ['an image of any name that runs the binary', { Image: 'x', EntryPoint: ['/usr/local/bin/envoy'] }],
])('Envoy is recognised: %s', (_how, definition) => {
  expect(roles(SERVER, { Name: 'e', ...definition })?.envoy).toBe('e');
});

test.each([
  ['a service that uses the SDK', { Image: 'acme/restate-greeter:1' }],
  ['an image of Restate that runs something else', MINT],
  ['the command line tool', { Image: 'restatedev/restate-cli:1' }],
  [
    'a container that only speaks of it',
    { Image: 'x', EntryPoint: ['/bin/sh', '-c'], Command: ['echo restate-server-logs'] },
  ],
])('Restate is not seen in %s', (_what, definition) => {
  expect(roles({ Name: 'x', ...definition })).toBeUndefined();
});

test('of two that look alike the one that the task cannot do without counts', () => {
  expect(roles({ ...SERVER, Name: 'side', Essential: false }, SERVER)?.restate).toBe('b');
});
