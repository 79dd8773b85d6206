import { App, TerraformStack } from 'cdktn';
import { CloudRunService } from '../../lib/google/cloud-run-service';
import { refusal } from '../core/refusal';

test('a service in an app of the successor of cdktf, beside cdktf, is refused at once', () => {
  const stack = new TerraformStack(new App(), 'Test');
  expect(refusal(() => new CloudRunService(stack, 'Greeter', {} as never)).code).toBe('FrameworkMixed');
});
