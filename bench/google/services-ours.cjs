// So many services behind a server of another stack, with portcullis/google.
const { App, LocalBackend, TerraformStack } = require('cdktf');
const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
const { CloudRunService, GoogleCredentials, RestateServer } = require('../../dist/google/index.js');
const { imported } = require('./meter.cjs');

imported();
const [count, outdir] = process.argv.slice(2);
const app = new App({ outdir });
const stack = new TerraformStack(app, 'Services');
new LocalBackend(stack, { path: 'terraform.tfstate' });
new GoogleProvider(stack, 'Google', { project: 'example-project' });
const restate = RestateServer.fromAttributes(stack, 'Restate', {
  hostnames: ['restate.example.com'],
  identityPublicKeys: ['publickeyv1_5QG7z8ZvBbhgNiiv3F4BRcCsEExEJxG9jvfU2wEx4fHt'],
  serviceAccountEmail: 'restate@example-project.iam.gserviceaccount.com',
  credentials: GoogleCredentials.metadataServer(),
});
for (let number = 1; number <= Number(count); number += 1) {
  new CloudRunService(stack, `Service${number}`, {
    project: { id: 'example-project', number: '123456789012' },
    region: 'europe-west3',
    name: `service-${number}`,
    image: {
      repository: 'europe-west3-docker.pkg.dev/example-project/services/greeter',
      tag: '1.0.0',
      digest: `sha256:${'3'.repeat(64)}`,
    },
    restate,
  });
}
app.synth();
