import { readTemplate } from '../../../lib/artifact/cloudformation/read-template';
import type { TemplateFile } from '../../../lib/artifact/template-file';
import { parseTemplateText } from '../../../lib/artifact/template-text';
import { readTerraform } from '../../../lib/artifact/terraform/read-terraform';
import { UnreadableError } from '../../../lib/artifact/unreadable-error';
import { checkDeployment, FAULT } from '../../../lib/check/check-artifact';
import { CHECKED_CLAIMS } from '../../../lib/check/checked-claims';
import { findDeployments } from '../../../lib/check/find-deployments';
import { summarise } from '../../../lib/check/report';
import { type Example, EXAMPLES } from '../../check/examples';

/** What the check says of a file. */
export interface Judged {
  readonly exitCode: 0 | 1;
  readonly broken: ReadonlySet<string>;
  readonly unproven: ReadonlySet<string>;
  /** How many findings each claim has of each verdict: harmless changes may rename what they are about. */
  readonly verdicts: readonly string[];
  /** Claims that could not be decided because their decider failed. */
  readonly failed: readonly string[];
}

/** What the check says of the file of an example, as text. A file that nothing is found in is refused as a whole. */
export function judged(example: Example, text: string): Judged | 'refused' {
  const file = `${example}.json`;
  const content = parseTemplateText(text, file) as TemplateFile['content'];
  const format = EXAMPLES[example] === 'aws' ? 'cloudformation' : 'terraform';
  try {
    return judgedFile({ name: example, file, content, format });
  } catch (error) {
    if (error instanceof UnreadableError) return 'refused';
    throw error;
  }
}

/**
 * What the check says of any file.
 *
 * @throws {UnreadableError} when nothing is found in it
 */
export function judgedFile(file: TemplateFile): Judged {
  const artifact = file.format === 'cloudformation' ? readTemplate(file) : readTerraform(file);
  const rows = findDeployments([{ path: file.file, artifacts: [artifact] }]).flatMap((found) =>
    checkDeployment(found, CHECKED_CLAIMS),
  );
  const of = (verdict: string): ReadonlySet<string> =>
    new Set(rows.filter((row) => row.verdict === verdict).map(({ id }) => id));
  return {
    exitCode: summarise(rows).exitCode,
    broken: of('broken'),
    unproven: of('unproven'),
    verdicts: [...new Set(rows.map(({ id, verdict }) => `${id} ${verdict}`))].sort(),
    failed: rows.filter(({ evidence }) => evidence.startsWith(FAULT)).map(({ id, evidence }) => `${id}: ${evidence}`),
  };
}
