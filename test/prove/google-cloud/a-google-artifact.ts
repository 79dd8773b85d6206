import type { Artifact } from '../../../lib/artifact/artifact';
import type { CloudRunService } from '../../../lib/artifact/cloud-run-service';
import type { IamGrant } from '../../../lib/artifact/iam-grant';
import type { Text } from '../../../lib/artifact/text';
import { artifact, host } from '../fake-deployment';

/** A reference to the e-mail address of an account that the same files make. */
export function account(name: string): Text {
  return [{ logicalId: `google_service_account.${name}`, attribute: 'email' }];
}

/** The same account as a member of a grant. */
export function member(name: string): Text {
  return ['serviceAccount:', ...account(name)];
}

/** A private service, as Portcullis writes it. */
export function cloudRunService(overrides: Partial<CloudRunService> = {}): CloudRunService {
  return {
    id: 'google_cloud_run_v2_service.greeter',
    name: ['greeter'],
    ingress: 'internal',
    invokerCheck: 'on',
    port: { number: 9080, protocol: 'h2c' },
    customAudiences: [],
    account: account('greeter'),
    containers: [],
    ...overrides,
  };
}

/** The role to call the service for the server's own account, unless something else is said. */
export function grant(overrides: Partial<IamGrant> = {}): IamGrant {
  return {
    id: 'google_cloud_run_v2_service_iam_member.invoker',
    level: 'cloud-run-service',
    on: [{ logicalId: 'google_cloud_run_v2_service.greeter', attribute: 'name' }],
    role: ['roles/run.invoker'],
    members: [member('restate')],
    conditional: false,
    ...overrides,
  };
}

/** A server on a machine, and the service that it alone may call. */
export function googleArtifact(overrides: Partial<Artifact> = {}): Artifact {
  return artifact({ hosts: [googleHost()], cloudRun: [cloudRunService()], grants: [grant()], ...overrides });
}

export function googleHost(): Artifact['hosts'][number] {
  return host({
    id: 'google_compute_instance_template.restate',
    network: 'published',
    groups: [],
    instance: {
      network: ['network'],
      tags: [],
      account: account('restate'),
      published: [],
      secretFiles: [],
      metadata: { kind: 'guarded', exceptUsers: [65532] },
    },
  });
}
