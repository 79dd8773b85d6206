import type { BalancerListener } from '../../../artifact/artifact';
import { broken, holds, type Judgement, unproven } from '../judgement';

/** Whether a listener of a balancer that ends TLS speaks none that is older than 1.2. */
export function judgeFrontPolicy(where: string, listener: BalancerListener): Judgement {
  const { policy, isNew } = policyOf(listener);
  if (isNew === undefined) return unproven(`${where} speaks TLS by ${policy}, which is not known`);
  return isNew ? holds(`${where} speaks TLS by ${policy}`) : broken(`${where} speaks TLS older than 1.2 by ${policy}`);
}

function policyOf({ minTlsVersion, sslPolicy }: BalancerListener): {
  readonly policy: string;
  readonly isNew: boolean | undefined;
} {
  if (minTlsVersion !== undefined) return { policy: minTlsVersion, isNew: /^TLSv1\.[23]$/.test(minTlsVersion) };
  if (sslPolicy === undefined) return { policy: 'its default policy', isNew: false };
  if (/TLS13-1-[23](?:-|$)|TLS-1-2(?:-|$)|FS-1-2(?:-|$)/.test(sslPolicy)) return { policy: sslPolicy, isNew: true };
  const isKnown = /^ELBSecurityPolicy-(?:\d{4}-\d{2}|TLS-1-[01]\b|TLS13-1-[01]\b|FS-)/.test(sslPolicy);
  return { policy: sslPolicy, isNew: isKnown ? false : undefined };
}
