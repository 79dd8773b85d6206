import { readFileSync } from 'node:fs';
import { readTemplate } from '../../lib/artifact/cloudformation/read-template';
import { parseTemplateText } from '../../lib/artifact/template-text';
import { readTerraform } from '../../lib/artifact/terraform/read-terraform';
import { UnreadableError } from '../../lib/artifact/unreadable-error';
import { checkDeployment, FAULT } from '../../lib/check/check-artifact';
import { CHECKED_CLAIMS } from '../../lib/check/checked-claims';
import { findDeployments } from '../../lib/check/find-deployments';
import { type Example, EXAMPLES, exampleFile } from './examples';
import { hostileText } from './hostile-files';
import { asPlan, asYaml, hostileLines } from './hostile-forms';
import { randomNumbers } from './network/random-numbers';

/** What a hostile file was taken for, and what is wrong with that: nothing, or how the check failed. */
export interface HostileOutcome {
  readonly outcome: 'refused' | 'checked';
  readonly faults: readonly string[];
}

/** Longer than any file of this size may take on a machine with other work. */
const MOST_CPU_MS = 5_000;

/** Reads and checks an example that was changed at random: it is refused with a reason, or every claim is decided, in bounded time. */
export function checkHostile(example: Example, seed: number): HostileOutcome {
  const file = exampleFile(example);
  const { text: edited, changes } = hostileText(readFileSync(file, 'utf8'), seed);
  const { text, format, said } = formed(example, edited, seed);
  const before = process.cpuUsage();
  const found = outcomeOf(example, text, format);
  const { user } = process.cpuUsage(before);
  const slow = user / 1_000 > MOST_CPU_MS ? [`took ${Math.round(user / 1_000)} ms`] : [];
  const where = `${example}, seed ${seed} (${[...said, ...changes].join('; ').slice(0, 300)})`;
  return { ...found, faults: [...found.faults, ...slow].map((fault) => `${where}: ${fault}`) };
}

/** Every fourth in another form: a template as YAML with hostile lines in it, a configuration as a plan. */
function formed(
  example: Example,
  text: string,
  seed: number,
): { readonly text: string; readonly format: 'terraform' | 'terraform-plan'; readonly said: readonly string[] } {
  if (seed % 4 !== 3) return { text, format: 'terraform', said: [] };
  if (EXAMPLES[example] === 'google') return { text: asPlan(text), format: 'terraform-plan', said: ['a plan'] };
  const random = randomNumbers(seed);
  const yaml = asYaml(text, random);
  if (random(2) === 0) return { text: yaml, format: 'terraform', said: ['YAML'] };
  const hostile = hostileLines(yaml, random);
  return { text: hostile.text, format: 'terraform', said: [`YAML: ${hostile.change}`] };
}

/** What is made of a text: refused for a reason, or every claim decided, of which these hold. */
export function outcomeOf(
  name: Example,
  text: string,
  format: 'terraform' | 'terraform-plan' = 'terraform',
): HostileOutcome & { readonly holds: readonly string[] } {
  try {
    const content = parseTemplateText(text, name) as Parameters<typeof readTemplate>[0]['content'];
    const artifact =
      EXAMPLES[name] === 'aws'
        ? readTemplate({ name, file: name, content })
        : readTerraform({ name, file: name, content, format });
    const rows = findDeployments([{ path: name, artifacts: [artifact] }]).flatMap((found) =>
      checkDeployment(found, CHECKED_CLAIMS),
    );
    const failed = rows.filter(({ evidence }) => evidence.includes(FAULT));
    const open = rows.filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven').map(({ id }) => id);
    const holds = rows.filter(({ id, verdict }) => verdict === 'holds' && !open.includes(id)).map(({ id }) => id);
    return {
      outcome: 'checked',
      faults: failed.map(({ id, evidence }) => `${id} ${evidence.slice(0, 300)}`),
      holds: [...new Set(holds)],
    };
  } catch (error) {
    if (error instanceof UnreadableError) return { outcome: 'refused', faults: [], holds: [] };
    return {
      outcome: 'refused',
      faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)],
      holds: [],
    };
  }
}
