import {
  CloudRunV2Service,
  type CloudRunV2ServiceTemplate,
  type CloudRunV2ServiceTemplateVpcAccess,
} from '@cdktf/provider-google/lib/cloud-run-v2-service';
import type { CloudRunV2ServiceIamBinding } from '@cdktf/provider-google/lib/cloud-run-v2-service-iam-binding';
import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { type RegistrationAuth, registrationAuth } from '../restate/google-id-token';
import { type CloudRunPlan, planCloudRunService } from './cloud-run-plan';
import { renderCloudRunProbe } from './cloud-run-probe';
import type { CloudRunServiceProps, VpcEgress } from './cloud-run-service-props';
import { assertOneFramework } from './framework';
import { grantInvokeAlone, grantKeyUse, grantSecretRead } from './iam-members';
import { resourceName } from './resource-name';

/** Google takes no longer one. */
const LONGEST_ACCOUNT_ID = 30;

/**
 * A private service of Cloud Run that one Restate server calls, and nobody else: Google's front end asks each caller for an ID token of the
 * account that the server calls with, before the container sees anything, and lets nobody in from the internet.
 *
 * Its account has no role but to read the secrets that it is given.
 *
 * @example
 * new CloudRunService(stack, 'Greeter', { project, region: 'europe-west3', image, restate });
 * @see https://docs.restate.dev/services/deploy/cloud-run
 */
export class CloudRunService extends Construct {
  public readonly service: CloudRunV2Service;
  /** What it runs as. */
  public readonly account: ServiceAccount;
  /** Who may call it. */
  public readonly invoker: CloudRunV2ServiceIamBinding;
  /** What its registration says about tokens, in the spelling of the admin API. */
  public readonly registrationAuth: RegistrationAuth;
  private readonly givenAddress: string | undefined;
  private readonly givenAudience: string | undefined;

  /** @throws UnsafeConfigurationError `FrameworkMixed`, and the codes of `planCloudRunService` */
  public constructor(scope: Construct, id: string, props: CloudRunServiceProps) {
    super(scope, id);
    assertOneFramework(scope, { restate: props.restate });
    const plan = planCloudRunService(this, props);

    this.account = new ServiceAccount(this, 'Account', {
      accountId: resourceName(this, LONGEST_ACCOUNT_ID),
      displayName: `Service ${plan.name} of Restate`,
      project: props.project.id,
    });
    const rights = this.rightsOf(plan, props);
    this.service = new CloudRunV2Service(this, 'Resource', {
      name: plan.name,
      project: props.project.id,
      location: plan.region,
      ingress: 'INGRESS_TRAFFIC_INTERNAL_ONLY',
      invokerIamDisabled: false,
      deletionProtection: props.deletionProtection ?? true,
      binaryAuthorization:
        props.binaryAuthorizationPolicy === undefined
          ? { useDefault: true }
          : { policy: props.binaryAuthorizationPolicy },
      ...(props.customAudiences !== undefined && { customAudiences: [...props.customAudiences] }),
      template: {
        ...renderTemplate(plan, this.account.email),
        ...(props.encryptionKey !== undefined && { encryptionKey: props.encryptionKey }),
        ...(props.vpcEgress !== undefined && { vpcAccess: renderVpcAccess(props.vpcEgress) }),
      },
      ...(rights.length > 0 && { dependsOn: rights }),
    });
    // Bindings of google 6.50 do not know it; the provider does in 7.40.
    if (props.disableDefaultUrl === true) this.service.addOverride('default_uri_disabled', true);
    const { name, location, project } = this.service;
    this.invoker = grantInvokeAlone(this, 'Invoker', { name, location, project }, plan.caller);

    this.givenAddress = props.address;
    this.givenAudience = plan.auth.audience;
    this.registrationAuth = registrationAuth(plan.auth);
  }

  /** The URL that Cloud Run gives it. */
  public get uri(): string {
    return this.service.uri;
  }

  /** Where the server calls it. */
  public get address(): string {
    return this.givenAddress ?? this.uri;
  }

  /** What tokens for it are for. */
  public get audience(): string {
    return this.givenAudience ?? this.address;
  }

  /** What has to be granted before an instance can start. */
  private rightsOf(
    { secrets }: CloudRunPlan,
    { encryptionKey, project }: CloudRunServiceProps,
  ): ITerraformDependable[] {
    const names = [...new Set(secrets.map(({ secret }) => secret.secret))];
    const rights = names.map((name, index) => grantSecretRead(this, `Secret${index + 1}`, name, this.account.email));
    if (encryptionKey === undefined) return rights;
    const agent = `service-${project.number}@serverless-robot-prod.iam.gserviceaccount.com`;
    return [...rights, grantKeyUse(this, 'Encryption', { key: encryptionKey, agent })];
  }
}

function renderTemplate(plan: CloudRunPlan, serviceAccount: string): CloudRunV2ServiceTemplate {
  const { port, secrets, livenessProbe } = plan;
  return {
    serviceAccount,
    executionEnvironment: 'EXECUTION_ENVIRONMENT_GEN2',
    timeout: `${plan.timeoutSeconds}s`,
    maxInstanceRequestConcurrency: plan.concurrency,
    scaling: { minInstanceCount: plan.minInstances, maxInstanceCount: plan.maxInstances },
    containers: [
      {
        image: plan.image,
        // h2c: requests arrive as HTTP/2, without which the server can neither discover nor invoke.
        ports: { name: 'h2c', containerPort: port },
        env: plan.environment,
        resources: { limits: { cpu: String(plan.cpu), memory: `${plan.memoryMib}Mi` } },
        startupProbe: renderCloudRunProbe(plan.startupProbe, port),
        ...(livenessProbe !== undefined && { livenessProbe: renderCloudRunProbe(livenessProbe, port) }),
        ...(secrets.length > 0 && {
          volumeMounts: secrets.map(({ volume, folder }) => ({ name: volume, mountPath: folder })),
        }),
      },
    ],
    ...(secrets.length > 0 && {
      volumes: secrets.map(({ volume, file, secret }) => ({
        name: volume,
        secret: { secret: secret.secret, items: [{ path: file, version: secret.version }] },
      })),
    }),
  };
}

function renderVpcAccess({ network, traffic = 'ALL_TRAFFIC' }: VpcEgress): CloudRunV2ServiceTemplateVpcAccess {
  const { networkId, subnetworkId } = network;
  return { egress: traffic, networkInterfaces: [{ network: networkId, subnetwork: subnetworkId }] };
}
