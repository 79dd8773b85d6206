import { CDK_NAG } from './cdk-nag';
import { CDK_VALIDATION } from './cdk-validation';
import { CFN_GUARD } from './cfn-guard';
import { CFN_LINT } from './cfn-lint';
import { CHECKOV } from './checkov';
import type { Scanner } from './scanner';

/** Every scanner that the templates are held against. */
export const SCANNERS: readonly Scanner[] = [CDK_NAG, CDK_VALIDATION, CFN_GUARD, CFN_LINT, CHECKOV];
