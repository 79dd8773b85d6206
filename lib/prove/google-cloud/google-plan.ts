import type { Artifact, Host } from '../../artifact/artifact';
import type { CloudRunService } from '../../artifact/cloud-run-service';
import { literal, type Text } from '../../artifact/text';
import {
  callerOf,
  type CredentialHolder,
  credentialPath,
  serversCredentials,
} from '../../artifact/iam/credential-holder';
import type { FrontRules, FrontService } from './front-decision';
import type { Holders } from '../../artifact/iam/holders';
import { directImpersonators, directInvokers, directMinters } from '../../artifact/iam/invokers';
import { accountKey, principalOf, spell } from '../../artifact/iam/principal';

/** A service of the files with the address that it has in the run. */
export interface PlannedService {
  readonly service: CloudRunService;
  readonly host: string;
  /** Its canonical URL, and so the audience of its tokens. */
  readonly url: string;
}

/** How the server is told to show itself to a service. @see https://docs.restate.dev/services/deploy/cloud-run */
export interface RegistrationAuth {
  readonly GoogleIdToken: { readonly impersonate_service_account?: string };
}

/** The file that the server has its credentials from. */
export interface PlannedCredentials {
  /** On the machine. */
  readonly path: string;
  readonly kind: CredentialHolder['kind'];
  /** Whose it is. */
  readonly email: string;
  /** Whether the files say whose. */
  readonly stated: boolean;
}

/** What a deployment on Google is in a run: names, accounts, and who may call whom. */
export interface GooglePlan {
  readonly project: string;
  /** E-mail address of the machine's service account. */
  readonly account?: string;
  /** Who the server is to Google before it impersonates anybody: the machine's account, or whose file of credentials it has. */
  readonly identity?: string;
  /** E-mail addresses of every account that the files name and of people in them, by {@link accountKey}. */
  readonly emails: Readonly<Record<string, string>>;
  readonly services: readonly PlannedService[];
  /** The one that the run's service is registered under. */
  readonly registered?: PlannedService;
  /** E-mail address of the account in whose name the server calls. */
  readonly caller?: string;
  readonly auth?: RegistrationAuth;
  /** Absent: it has them from the machine's metadata server, if at all. */
  readonly credentials?: PlannedCredentials;
  readonly rules: FrontRules;
  /** Host names that lead to Google's front end. */
  readonly names: readonly string[];
}

const PROJECT = 'portcullis-run';
/** What `uri` of a service ends in. */
const DOMAIN = 'run0000000-ew.a.run.app';
const CREDENTIALS_HOSTS = ['iamcredentials.googleapis.com', 'oauth2.googleapis.com'];

/** Reads a deployment on Google for its run. */
export function planGoogle(artifact: Artifact, host: Host): GooglePlan {
  const emails = emailsOf(artifact, host);
  const services = (artifact.cloudRun ?? []).map((service): PlannedService => {
    const name = `${nameOf(service)}-${DOMAIN}`;
    return { service, host: name, url: `https://${name}` };
  });
  const own = host.instance?.account && accountKey(host.instance.account);
  const path = credentialPath(host);
  const { holder, stated = true } = serversCredentials(artifact, host) ?? {};
  const holdersAccount = holder?.kind === 'account' ? holder.key : undefined;
  const ways = services.map((planned) => ({ planned, caller: callerOf(artifact, planned.service, holder) }));
  const way = ways.find(({ caller }) => caller !== undefined) ?? ways[0];
  const caller = way?.caller ?? holdersAccount;
  const identity = holder && (emails[holder.key] ?? emailOf(holder.key));
  const account = own === undefined ? undefined : emails[own];
  const callerEmail = caller === undefined ? undefined : emails[caller];
  return {
    project: PROJECT,
    ...(account !== undefined && { account }),
    ...(identity !== undefined && { identity }),
    emails,
    services,
    ...(way && { registered: way.planned, auth: authAs(caller === holdersAccount ? undefined : callerEmail) }),
    ...(callerEmail !== undefined && { caller: callerEmail }),
    ...(path !== undefined &&
      holder &&
      identity !== undefined && { credentials: { path, kind: holder.kind, stated, email: identity } }),
    rules: {
      services: services.map((planned) => frontService(artifact, planned, emails)),
      minters: byAccount(emails, (key) => directMinters(artifact, key)),
      impersonators: byAccount(emails, (key) => directImpersonators(artifact, key)),
    },
    names: [...services.map((planned) => planned.host), ...CREDENTIALS_HOSTS],
  };
}

function authAs(account: string | undefined): RegistrationAuth {
  return { GoogleIdToken: account === undefined ? {} : { impersonate_service_account: account } };
}

function frontService(artifact: Artifact, planned: PlannedService, emails: GooglePlan['emails']): FrontService {
  const { service, host, url } = planned;
  const holders = directInvokers(artifact, service);
  const everybody = (kind: 'anybody' | 'authenticated'): boolean =>
    holders.holders.some(({ principal }) => principal.kind === kind);
  return {
    host,
    audiences: [url, ...service.customAudiences.map(spell)],
    fromOutside: service.ingress === 'all',
    checksInvoker: service.invokerCheck !== 'off',
    admits: everybody('anybody') ? 'anybody' : everybody('authenticated') ? 'authenticated' : 'named',
    invokers: addresses(holders, emails),
    protocol: service.port.protocol === 'h2c' ? 'h2c' : 'http1',
  };
}

function byAccount(
  emails: GooglePlan['emails'],
  holdersOf: (account: string) => Holders,
): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(emails).map(([key, email]) => [email, addresses(holdersOf(key), emails)]));
}

function addresses({ holders }: Holders, emails: GooglePlan['emails']): readonly string[] {
  return holders.flatMap(({ principal }) => ('key' in principal ? [emails[principal.key] ?? []].flat() : []));
}

/** Of everybody whom the files name: accounts of machines and services, and members and targets of grants. */
function emailsOf(artifact: Artifact, host: Host): Readonly<Record<string, string>> {
  const named: readonly (Text | undefined)[] = [
    host.instance?.account,
    ...(artifact.cloudRun ?? []).map(({ account }) => account),
    ...(artifact.grants ?? []).flatMap(({ level, on }) => (level === 'service-account' ? [on] : [])),
  ];
  const members = (artifact.grants ?? []).flatMap((grant) => grant.members.map(principalOf));
  const keys = [
    ...named.flatMap((account) => (account && accountKey(account)) ?? []),
    ...members.flatMap((member) => (member.kind === 'account' || member.kind === 'user' ? [member.key] : [])),
  ];
  return Object.fromEntries(keys.map((key) => [key, key.includes('@') ? key : emailOf(key)]));
}

/** As Google would make it of the name of an account. */
function emailOf(resource: string): string {
  const name = resource.split('.').at(-1) ?? resource;
  return `${spelledAsName(name)}@${PROJECT}.iam.gserviceaccount.com`;
}

function nameOf({ id, name }: CloudRunService): string {
  return spelledAsName(literal(name)?.split('/').at(-1) ?? id.split('.').at(-1) ?? id);
}

function spelledAsName(text: string): string {
  return text
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 40)
    .replace(/-$/, '');
}
