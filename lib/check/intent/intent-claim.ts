import type { Intent, IntendedDoor } from '../../artifact/intent';
import type { CheckedClaim } from '../checked-claim';
import type { CheckedDeployment } from '../checked-deployment';
import type { Finding } from '../finding';
import { holds, type Judgement, notApplicable } from '../proxy/judgement';
import type { Proxy } from '../proxy/model/proxy';
import { proxyClaim } from '../proxy/proxy-claim';

const UNSAID = 'the file does not say what was asked for (portcullis:intent)';

/** Decides part of a claim by what the file says that was asked for: nothing where it does not say. */
export function intentClaim(
  id: string,
  decide: (intent: Intent, deployment: CheckedDeployment) => readonly Finding[],
): CheckedClaim {
  return {
    id,
    isBeside: true,
    decide: (deployment) => {
      const { artifact, server } = deployment;
      const subject = server?.host.id ?? artifact.name;
      const stated = (artifact.intents ?? []).filter((each) => isOfHost(each.subject, server?.host.id));
      const malformed = stated.flatMap((each) => each.malformed ?? []);
      if (malformed.length > 0) {
        const evidence = `what the file says that was asked for cannot be read: ${malformed.join('; ')}`;
        return [{ verdict: 'unproven', subject, evidence, fix: 'write it as it was synthesised, or take it out' }];
      }
      const intents = stated.flatMap((each) => each.intent ?? []);
      if (intents.length === 0) return [{ ...notApplicable(UNSAID), subject }];
      return intents.flatMap((intent) => decide(intent, deployment));
    },
  };
}

/** The same for what the proxy does. */
export function proxyIntentClaim(
  id: string,
  judge: (intent: Intent, proxy: Proxy) => readonly Judgement[],
): CheckedClaim {
  return intentClaim(id, (intent, deployment) =>
    proxyClaim({
      id,
      judge: (proxy) => judge(intent, proxy),
      withoutProxy: notApplicable('no proxy stands before the server'),
    }).decide(deployment),
  );
}

/** Holds unless something is wrong; says nothing where nothing was compared. */
export function compared(wrong: readonly Judgement[], what: string): readonly Judgement[] {
  return wrong.length > 0 ? wrong : [holds(`${what}, as was asked for`)];
}

/** What was asked for at the doors of callers, or of operators. */
export function doorOf(intent: Intent, kind: 'callers' | 'operators'): IntendedDoor | undefined {
  return kind === 'operators' ? intent.admin : intent.ingress;
}

/** Several in words. */
export function listed(values: readonly (string | number)[]): string {
  return values.length === 0 ? 'none' : values.join(', ');
}

/** A task or machine that several services or groups run has their names beside its own. */
function isOfHost(subject: string, host: string | undefined): boolean {
  return host !== undefined && (host === subject || host.split('/').includes(subject));
}
