import { ComputeInstanceTemplate } from '@cdktf/provider-google/lib/compute-instance-template';
import { TerraformStack, Testing } from 'cdktf';
import { InternalStack } from '../../examples/google/internal-stack';
import { validateStack } from '../../lib/check/cdktf-validation';

function complaints(edit: (stack: InternalStack) => void = () => undefined): readonly string[] {
  const stack = new InternalStack(Testing.app(), 'Invoices');
  edit(stack);
  validateStack(stack);
  return stack.node.validate();
}

test('a stack that is not secured is refused, with the claim, the construct and what mends it', () => {
  const opened = complaints((stack) => {
    const [template] = stack.node.findAll().filter((each) => each instanceof ComputeInstanceTemplate);
    template?.addOverride('metadata.enable-oslogin', 'FALSE');
  });
  const before = complaints();
  expect(opened.filter((each) => !before.includes(each))).toEqual([
    expect.stringMatching(/^portcullis: instance-metadata-v2 is broken at Invoices\/Restate\b.*enable-oslogin/),
  ]);
});

test('a stack that deploys nothing of Restate is not passed over in silence', () => {
  const stack = new TerraformStack(Testing.app(), 'Other');
  validateStack(stack);
  expect(stack.node.validate()).toEqual([expect.stringContaining('Other: nothing in it runs Restate')]);
});
