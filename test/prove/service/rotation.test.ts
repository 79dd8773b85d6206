import { join } from 'node:path';
import { installToolchain } from '../../../lib/prove/toolchain/toolchain';
import { generateIdentityKey } from '../../../lib/restate/request-identity';
import { runScenario, testInSandbox } from '../network/in-sandbox';

const [OLD, NEXT, FOREIGN] = [generateIdentityKey(), generateIdentityKey(), generateIdentityKey()];

/** What a service of the real SDK answers to servers that sign with the old key, the next one and a foreign one. */
describe('through a rotation of the request identity a service answers', () => {
  testInSandbox.each([
    ['the old key alone before it', [OLD], [200, 401, 401]],
    ['both during it', [OLD, NEXT], [200, 200, 401]],
    ['both when they were swapped', [NEXT, OLD], [200, 200, 401]],
    ['the new one alone after it', [NEXT], [401, 200, 401]],
  ])('%s', async (_, accepted, statuses) => {
    const { node, sdkModules } = await installToolchain({ restateVersion: '1.7.12' });
    const rotation = {
      node,
      sdkModules,
      accepted: accepted.map(({ publicKey }) => publicKey),
      signers: [OLD, NEXT, FOREIGN].map(({ privateKeyPem }) => privateKeyPem),
    };
    const answers = runScenario(join(__dirname, 'rotation-scenario.ts'), 20_000, {
      ROTATION: JSON.stringify(rotation),
    });
    expect(answers).toEqual(statuses);
  });
});
