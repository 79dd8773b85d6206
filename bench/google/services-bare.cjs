// The same resources with cdktf alone. The ids of the accounts, which ours makes of the constructs' paths, come from what ours wrote.
const { App, LocalBackend, TerraformStack } = require('cdktf');
const { CloudRunV2Service } = require('@cdktf/provider-google/lib/cloud-run-v2-service');
const { CloudRunV2ServiceIamBinding } = require('@cdktf/provider-google/lib/cloud-run-v2-service-iam-binding');
const { GoogleProvider } = require('@cdktf/provider-google/lib/provider');
const { ServiceAccount } = require('@cdktf/provider-google/lib/service-account');
const { Construct } = require('constructs');
const { readFileSync } = require('node:fs');
const { imported } = require('./meter.cjs');

imported();

class Service extends Construct {
  constructor(scope, id, number, accountId) {
    super(scope, id);
    const account = new ServiceAccount(this, 'Account', {
      accountId: accountId,
      displayName: `Service service-${number} of Restate`,
      project: 'example-project',
    });
    const service = new CloudRunV2Service(this, 'Resource', {
      name: `service-${number}`,
      project: 'example-project',
      location: 'europe-west3',
      ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
      invokerIamDisabled: false,
      deletionProtection: true,
      binaryAuthorization: { useDefault: true },
      template: {
        serviceAccount: account.email,
        executionEnvironment: 'EXECUTION_ENVIRONMENT_GEN2',
        timeout: '3600s',
        maxInstanceRequestConcurrency: 80,
        scaling: { minInstanceCount: 0, maxInstanceCount: 10 },
        containers: [
          {
            image: `europe-west3-docker.pkg.dev/example-project/services/greeter:1.0.0@sha256:${'3'.repeat(64)}`,
            ports: { name: 'h2c', containerPort: 9080 },
            env: [
              {
                name: 'RESTATE_IDENTITY_KEYS',
                value: 'publickeyv1_5QG7z8ZvBbhgNiiv3F4BRcCsEExEJxG9jvfU2wEx4fHt',
              },
            ],
            resources: { limits: { cpu: '1', memory: '512Mi' } },
            startupProbe: {
              initialDelaySeconds: 0,
              periodSeconds: 10,
              timeoutSeconds: 5,
              failureThreshold: 24,
              tcpSocket: { port: 9080 },
            },
          },
        ],
      },
    });
    new CloudRunV2ServiceIamBinding(this, 'Invoker', {
      name: service.name,
      location: service.location,
      project: service.project,
      role: 'roles/run.invoker',
      members: ['serviceAccount:restate@example-project.iam.gserviceaccount.com'],
    });
  }
}

const [count, outdir, accounts] = process.argv.slice(2);
const accountIds = JSON.parse(readFileSync(accounts, 'utf8'));
const app = new App({ outdir });
const stack = new TerraformStack(app, 'Services');
new LocalBackend(stack, { path: 'terraform.tfstate' });
new GoogleProvider(stack, 'Google', { project: 'example-project' });
for (let number = 1; number <= Number(count); number += 1) {
  new Service(stack, `Service${number}`, number, accountIds[number - 1]);
}
app.synth();
