import type { Deployment } from '../../deployment';
import { directImpersonators, directMinters } from '../../../artifact/iam/invokers';
import { cloudRunOf } from './front-call';

const HOST = 'iamcredentials.googleapis.com';
const TIMEOUT_MS = 4000;

/** Asks for an ID token in the name of an account, as another one. */
export async function askForToken(
  deployment: Deployment,
  { as, of, audience }: { readonly as: string; readonly of: string; readonly audience: string },
): Promise<{ readonly token?: string; readonly status?: number }> {
  const { status, body } = await ask(deployment, as, `${of}:generateIdToken`, { audience, includeEmail: true });
  const { token } = body as { readonly token?: string };
  return { ...(token !== undefined && { token }), ...(status !== undefined && { status }) };
}

/** Every account that one can act as, directly or as one that it can act as. */
export async function actingAs(deployment: Deployment, first: string): Promise<readonly string[]> {
  const { plan } = cloudRunOf(deployment);
  const emails = [...new Set(Object.values(plan.emails))];
  const found = new Set<string>();
  for (const waiting = [first]; waiting.length > 0;) {
    const as = waiting.pop()!;
    const targets = emails.filter((email) => email !== first && !found.has(email));
    for (const of of targets) {
      const { status } = await ask(deployment, as, `${of}:generateAccessToken`, {});
      if (status !== 200) continue;
      found.add(of);
      waiting.push(of);
    }
  }
  return [...found];
}

/** The grants by which one of several accounts may have ID tokens made in the name of another, or act as it. */
export function grantsOver(deployment: Deployment, accounts: readonly string[], of: string): readonly string[] {
  const { emails } = cloudRunOf(deployment).plan;
  const keys = Object.keys(emails).filter((key) => emails[key] === of);
  const holders = keys.flatMap((key) =>
    [directMinters, directImpersonators].flatMap((way) => way(deployment.artifact, key).holders),
  );
  const theirs = holders.filter(
    ({ principal }) => 'key' in principal && accounts.includes(emails[principal.key] ?? ''),
  );
  return [...new Set(theirs.flatMap(({ by }) => by))];
}

async function ask(
  deployment: Deployment,
  as: string,
  what: string,
  body: object,
): Promise<{ readonly status?: number; readonly body: object }> {
  const { accessToken, address, port } = cloudRunOf(deployment);
  const report = await deployment.place('task').probe({
    kind: 'http',
    protocol: 'h2',
    address,
    port,
    tls: { servername: HOST },
    method: 'POST',
    path: `/v1/projects/-/serviceAccounts/${what}`,
    authority: HOST,
    headers: [
      ['authorization', `Bearer ${accessToken(as)}`],
      ['content-type', 'application/json'],
    ],
    body: JSON.stringify(body),
    timeoutMs: TIMEOUT_MS,
  });
  if (report.outcome !== 'response') return { body: {} };
  return { status: report.status, body: Object(JSON.parse(report.body)) as object };
}
