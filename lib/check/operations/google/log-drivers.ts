import type { RestateDeployment } from '../../../artifact/role';
import type { Finding } from '../../finding';

/** The log driver that hands lines to Cloud Logging. */
const SENDS = 'gcplogs';

/** What server and proxy say leaves the machine; what stays there is lost with it, and seen by no sink and no metric. */
export function logDriverFindings({ host, restate, envoy }: RestateDeployment): readonly Finding[] {
  const containers = [restate, ...(envoy === undefined || envoy === restate ? [] : [envoy])];
  return containers.map(({ name, logDriver }): Finding => {
    const subject = `${host.id}/${name}`;
    if (logDriver === SENDS)
      return { verdict: 'holds', subject, evidence: `${name} says what it says to Cloud Logging` };
    const evidence = `what ${name} says is not sent to Cloud Logging: its log driver is ${logDriver ?? "Docker's own"}`;
    return { verdict: logDriver === undefined || logDriver === 'none' ? 'broken' : 'unproven', subject, evidence };
  });
}
