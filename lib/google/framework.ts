import { ComputeDisk } from '@cdktf/provider-google/lib/compute-disk';
import { TerraformResource, TerraformStack } from 'cdktf';
import { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';

/**
 * Refuses a scope, and constructs given beside it, that another copy of the framework made: cdktf beside its successor cdktn, or either
 * twice. They look alike and fail much later, at synthesis, with a TypeError that names neither.
 *
 * @param given constructs that were passed as properties, by the name of the property
 * @throws UnsafeConfigurationError `FrameworkMixed`
 */
export function assertOneFramework(scope: Construct, given: Readonly<Record<string, unknown>> = {}): void {
  if (!(ComputeDisk.prototype instanceof TerraformResource)) {
    throw mixed('@cdktf/provider-google', 'is bound to another copy of cdktf than portcullis/google is');
  }
  assertOurs('the scope', scope);
  for (const [name, value] of Object.entries(given)) {
    if (Construct.isConstruct(value)) assertOurs(name, value);
  }
}

function assertOurs(what: string, construct: Construct): void {
  // A stack of every copy carries the same symbol; only that of this copy is an instance of its class.
  const stack = construct.node.scopes.toReversed().find((parent) => TerraformStack.isStack(parent));
  if (stack instanceof TerraformStack) return;
  const made = stack === undefined ? 'stands in no TerraformStack' : 'was made by another copy of cdktf, or by cdktn';
  throw mixed(`${what} ${quote(construct.node.path)}`, made);
}

function mixed(what: string, made: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'FrameworkMixed',
    given: `${what} ${made}`,
    because:
      'two copies of the framework in one app do not know the constructs of one another, which only synthesis would say',
    write:
      'make everything with one: install cdktf once (`npm ls cdktf`), or cdktn under its name: "cdktf": "npm:cdktn@..." with an override for @cdktf/provider-google',
  });
}
