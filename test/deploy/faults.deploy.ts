import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readStack, type DeployedStack } from './deployed-stack';
import { startEmulator, type Emulator } from './emulator';
import { exampleApp } from './example-app';
import { DEPLOYED, type Deployed } from './expected/example';
import { expected } from './expected/expected';
import { FAULTS, type Edited } from './faults';
import { giveWorld } from './given-world';
import { LOOKS } from './look/looks';

const SYNTHESIS_MS = 120_000;
const NOBODY_DELETES = 'nobody deletes the stack by accident';

let emulator: Emulator;
const templates = new Map<Deployed, string>();

beforeAll(async () => {
  const app = exampleApp();
  const folder = mkdtempSync(join(tmpdir(), 'portcullis-faults-'));
  try {
    const [node, script] = app.command.split(' ') as [string, string];
    const env = { ...process.env, CDK_OUTDIR: folder, CDK_VALIDATION: 'false' };
    execFileSync(node, [script], { env, timeout: SYNTHESIS_MS });
    for (const example of DEPLOYED)
      templates.set(example, readFileSync(join(folder, `${example}.template.json`), 'utf8'));
  } finally {
    app.remove();
    rmSync(folder, { recursive: true, force: true });
  }
  emulator = await startEmulator();
  await giveWorld(emulator.call);
});
afterAll(() => emulator?.stop());

let made = 0;

/** Deploys an edited template beside all that was deployed before: no name in it may be taken. */
async function deployed(
  example: Deployed,
  edit: (template: Edited) => void,
  isProtected = true,
): Promise<DeployedStack> {
  // Neither the version of the bootstrap nor an export, of which there can be one of a name, is of interest here.
  const { Parameters: _, Rules: __, Outputs: ___, ...template } = JSON.parse(templates.get(example) as string);
  edit(template as Edited);
  const StackName = `${example}-${(made += 1)}`;
  await emulator.call('cloudformation', 'create_stack', {
    StackName,
    TemplateBody: JSON.stringify(template),
    EnableTerminationProtection: isProtected,
  });
  const { StackEvents } = await emulator.call('cloudformation', 'describe_stack_events', { StackName });
  const said = (StackEvents as { ResourceStatus: string; ResourceStatusReason?: string }[])[0];
  expect(said).toMatchObject({ ResourceStatus: 'CREATE_COMPLETE' });
  return readStack(emulator.call, StackName);
}

describe('on the emulator, an assertion on what was created fails where what it guards is gone', () => {
  test.each(DEPLOYED)('%s: with nothing wrong all of them hold', async (example) => {
    const stack = await deployed(example, () => undefined);
    const seen = await Promise.all(
      Object.entries(LOOKS).map(async ([what, look]) => [what, await look(stack)] as const),
    );
    expect(Object.fromEntries(seen)).toEqual(expected(example));
  });

  test.each(FAULTS)('$example: $fault', async ({ example, edit, seenBy }) => {
    const stack = await deployed(example, edit);
    const seen = await LOOKS[seenBy]?.(stack);
    expect(seen).toBeDefined();
    expect(seen).not.toEqual(expected(example)[seenBy]);
  });

  test('Ledger: anybody deletes the stack', async () => {
    const stack = await deployed('Ledger', () => undefined, false);
    expect(await LOOKS[NOBODY_DELETES]?.(stack)).not.toEqual(expected('Ledger')[NOBODY_DELETES]);
  });

  test('each assertion has a fault that it alone is for', () => {
    expect([...new Set([...FAULTS.map(({ seenBy }) => seenBy), NOBODY_DELETES])].toSorted()).toEqual(
      Object.keys(LOOKS).toSorted(),
    );
  });
});
