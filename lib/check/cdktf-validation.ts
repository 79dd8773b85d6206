import { parseTemplateText } from '../artifact/template-text';
import { isConfiguration } from '../artifact/terraform/configuration';
import { readTerraform } from '../artifact/terraform/read-terraform';
import { UnreadableError } from '../artifact/unreadable-error';
import { resourcePlaces } from '../artifact/resource-places';
import { checkDeployment } from './check-artifact';
import { CHECKED_CLAIMS } from './checked-claims';
import { findDeployments } from './find-deployments';

/** What a stack of CDKTF, or of its successor CDKTN, has: all that is asked of it here. */
export interface ValidatedStack {
  readonly node: {
    readonly id: string;
    addValidation(validation: { validate(): string[] }): void;
  };
  toTerraform(): unknown;
}

/**
 * Fails the synthesis of a CDKTF stack whose deployments of Restate are not what the claims say: decides every claim of `portcullis check`
 * over the Terraform that the stack synthesises to. A risk that was accepted in code fails nothing.
 *
 * It asks for the shape of a stack and imports nothing of CDKTF, so that this half of the package stays without it.
 *
 * @example
 * validateStack(stack);
 */
export function validateStack(stack: ValidatedStack): void {
  stack.node.addValidation({ validate: () => complaintsAbout(stack) });
}

/** One line for each claim that is broken or unproven, or why nothing could be looked at. */
function complaintsAbout(stack: ValidatedStack): string[] {
  try {
    return complaintsIn(stack.node.id, JSON.stringify(stack.toTerraform()));
  } catch (error) {
    if (error instanceof UnreadableError) return [`portcullis: ${error.message}`];
    throw error;
  }
}

function complaintsIn(name: string, text: string): string[] {
  const content = parseTemplateText(text, name);
  const artifacts = isConfiguration(content) ? [readTerraform({ name, file: name, format: 'terraform', content })] : [];
  const places = resourcePlaces(text);
  return findDeployments([{ path: name, artifacts }])
    .flatMap(({ deployment }) => checkDeployment({ deployment, prefix: '' }, CHECKED_CLAIMS))
    .filter(({ verdict }) => verdict === 'broken' || verdict === 'unproven')
    .map(
      ({ id, verdict, subject, evidence, fix }) =>
        `portcullis: ${id} is ${verdict} at ${places.get(subject)?.constructPath ?? subject}: ${evidence}; ${fix}`,
    );
}
