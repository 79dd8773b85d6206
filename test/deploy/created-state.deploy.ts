import { cdk } from './cdk';
import { readStack, type DeployedStack } from './deployed-stack';
import { ACCOUNT, REGION, startEmulator, type Emulator } from './emulator';
import { exampleApp } from './example-app';
import { DEPLOYED, type Deployed } from './expected/example';
import { expected } from './expected/expected';
import { giveWorld } from './given-world';
import { inventory } from './inventory';
import { LOOKS } from './look/looks';
import { NOT_SEEN } from './not-seen';
import { expectedAfter, MADE_ANEW, USER_CHANGES } from './user-changes';

const DEPLOY = ['--all', '--concurrency', '3', '--require-approval', 'never', '--progress', 'events'];
const looks = DEPLOYED.flatMap((example) => Object.keys(LOOKS).map((what) => [example, what] as const));

let emulator: Emulator;
let before: ReadonlySet<string>;

const stacks = new Map<Deployed, DeployedStack>();
const changed = new Map<Deployed, DeployedStack>();

beforeAll(async () => {
  process.stderr.write(
    `\nEMULATION: moto, not AWS. Not seen, because it does not store it:\n${NOT_SEEN.join('\n')}\n\n`,
  );
  emulator = await startEmulator();
  await giveWorld(emulator.call);
  await run('bootstrap', `aws://${ACCOUNT}/${REGION}`);
  before = await inventory(emulator.call);
  await deployed([]);
  for (const example of DEPLOYED) stacks.set(example, await readStack(emulator.call, example));
});
afterAll(() => emulator?.stop());

/** @throws Error with what the command line said, where it failed; what it did is read, not believed */
async function run(...words: readonly string[]): Promise<void> {
  const { code, text } = await cdk(emulator, ...words);
  if (code !== 0) throw new Error(`cdk ${words[0]} ended with ${code}: ${text.slice(-3000)}`);
}

async function deployed(changes: Parameters<typeof exampleApp>[0]): Promise<void> {
  const app = exampleApp(changes);
  try {
    await run('deploy', '--app', app.command, ...DEPLOY);
  } finally {
    app.remove();
  }
}

async function destroyed(): Promise<Awaited<ReturnType<typeof cdk>>> {
  const app = exampleApp(USER_CHANGES);
  try {
    return await cdk(emulator, 'destroy', '--app', app.command, '--all', '--force');
  } finally {
    app.remove();
  }
}

const stackOf = (example: Deployed, among = stacks): DeployedStack => among.get(example) as DeployedStack;

describe('on the emulator, by cdk deploy', () => {
  test.each(looks)('%s: %s', async (example, what) => {
    expect(await LOOKS[what]?.(stackOf(example))).toEqual(expected(example)[what]);
  });

  test('nothing is read that nothing is expected of, and nothing expected that is not read', () => {
    for (const example of DEPLOYED)
      expect(Object.keys(expected(example)).toSorted()).toEqual(Object.keys(LOOKS).toSorted());
  });
});

describe('on the emulator, by cdk deploy of a changed app', () => {
  beforeAll(async () => {
    await deployed(USER_CHANGES);
    for (const example of DEPLOYED) changed.set(example, await readStack(emulator.call, example));
  });

  test.each(looks)('%s: %s', async (example, what) => {
    expect(await LOOKS[what]?.(stackOf(example, changed))).toEqual(expectedAfter(example)[what]);
  });

  test.each(DEPLOYED)('%s: what holds data, and what others know by name, is not made anew', (example) => {
    const { ids: were } = stackOf(example);
    const { ids: are } = stackOf(example, changed);
    expect(Object.keys(are)).toEqual(Object.keys(were));
    expect(Object.keys(are).filter((name) => are[name] !== were[name])).toEqual(MADE_ANEW[example]);
  });
});

describe('on the emulator, by cdk destroy', () => {
  test('a stack is destroyed when neither it nor its doors are protected any more', async () => {
    const all = await inventory(emulator.call);
    const protectedStack = await destroyed();
    expect(protectedStack).toMatchObject({ code: 1, text: expect.stringMatching(/TerminationProtection is enabled/) });
    expect(await inventory(emulator.call)).toEqual(all);

    for (const StackName of DEPLOYED) {
      const unprotected = { StackName, EnableTerminationProtection: false };
      await emulator.call('cloudformation', 'update_termination_protection', unprotected);
      for (const [, arn] of stackOf(StackName).of('AWS::ElasticLoadBalancingV2::LoadBalancer')) {
        const Attributes = [{ Key: 'deletion_protection.enabled', Value: 'false' }];
        await emulator.call('elbv2', 'modify_load_balancer_attributes', { LoadBalancerArn: arn, Attributes });
      }
    }
    expect(await destroyed()).toMatchObject({ code: 0 });
  });

  test('disk, key, logs and the bucket of access logs are left, and nothing else', async () => {
    const left = [...(await inventory(emulator.call))].filter((each) => !before.has(each)).toSorted();
    const kept = DEPLOYED.flatMap((example) => {
      const {
        Data,
        EncryptionKey,
        Logs,
        RestateMonitoringFlowLogsB0CC3C25: Flows,
        BalancerAccessLogsBucket,
      } = stackOf(example).ids;
      return [
        `Volumes ${Data}`,
        `Keys ${EncryptionKey}`,
        `logGroups ${Logs}`,
        `logGroups ${Flows}`,
        `Buckets ${BalancerAccessLogsBucket}`,
      ];
    });
    expect(left).toEqual(kept.toSorted());
  });

  test('what was there before is there after', async () => {
    const after = await inventory(emulator.call);
    expect([...before].filter((each) => !after.has(each))).toEqual([]);
  });

  test.each(DEPLOYED)('%s: what is left is as closed as it was', async (example) => {
    const [store, logs, bucket] = [
      'the data volume is encrypted with the key of this server',
      'logs are encrypted, and kept for a year',
      'the bucket of access logs is encrypted, versioned and closed',
    ] as const;
    for (const what of [store, logs, bucket]) {
      expect(await LOOKS[what]?.(stackOf(example))).toEqual(expected(example)[what]);
    }
  });
});
