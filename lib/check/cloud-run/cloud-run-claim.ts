import type { CloudRunService } from '../../artifact/cloud-run-service';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { type Wrong, worst } from '../server/wrong';
import { servicesOf } from './services';

/** What is wrong with a service, what holds if nothing is, and what that rests on. */
export interface JudgedService {
  readonly wrong: readonly Wrong[];
  readonly holds: string;
  readonly restsOn?: readonly string[];
}

/** A claim about each service of Cloud Run that the deployment calls. */
export function cloudRunClaim(
  id: string,
  judge: (service: CloudRunService, deployment: CheckedDeployment) => JudgedService,
): CheckedClaim {
  return {
    id,
    decide: (deployment) => {
      const findings = servicesOf(deployment).map((service): Finding => {
        const { wrong, holds, restsOn = [] } = judge(service, deployment);
        return { subject: service.id, ...worst(wrong, holds), restsOn };
      });
      return findings.length > 0 ? findings : [withoutServices(deployment)];
    },
  };
}

/** A service that is there and could not be read is not none. */
export function withoutServices({ artifact, server }: CheckedDeployment): Finding {
  const unread = artifact.unreadable.find(({ subject }) => /(?:^|\.)google_cloud_run_service\./.test(subject));
  const subject = unread?.subject ?? server?.host.id ?? artifact.name;
  return unread === undefined
    ? { verdict: 'not-applicable', subject, evidence: 'no service of Cloud Run is in this file' }
    : { verdict: 'unproven', subject, evidence: `${subject} ${unread.reason}` };
}
