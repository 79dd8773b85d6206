import { App, DefaultTokenResolver, StringConcat, TerraformStack, Testing, Tokenization } from 'cdktf';
import { Construct } from 'constructs';
import { CloudRunService } from '../../lib/google/cloud-run-service';
import type { CloudRunServiceProps } from '../../lib/google/cloud-run-service-props';
import { accountOfToken, GoogleCredentials } from '../../lib/google/credentials';
import type { IRestateServer } from '../../lib/google/server-reference';
import type { GoogleIdToken } from '../../lib/restate/google-id-token';

export const PUBLIC_KEY = 'publickeyv1_EDVySpZX8iWYYMEf8HjYSpVNxcbrdxJL3Jab7NNcN6tL';
export const MACHINE_ACCOUNT = 'restate-vm@my-project.iam.gserviceaccount.com';
export const CALLER_ACCOUNT = 'restate-caller@my-project.iam.gserviceaccount.com';
export const PROJECT = { id: 'my-project', number: '123456789012' } as const;
export const IMAGE = {
  repository: 'europe-west3-docker.pkg.dev/my-project/services/greeter',
  tag: '1.0.0',
  digest: `sha256:${'a'.repeat(64)}`,
} as const;

/** What a service sees of a server, without one. */
export class KnownServer extends Construct implements IRestateServer {
  public readonly hostnames: readonly string[] = ['restate.example.com'];
  public readonly url: string = 'https://restate.example.com';
  public readonly identityPublicKeys: readonly string[] = [PUBLIC_KEY];

  public constructor(
    scope: Construct,
    id: string,
    public readonly credentials: GoogleCredentials = GoogleCredentials.metadataServer(),
  ) {
    super(scope, id);
  }

  public callerAccount(auth: GoogleIdToken): string {
    return accountOfToken(this, this.credentials, auth, MACHINE_ACCOUNT);
  }
}

/** Properties that differ from those of a quiet service, and the credentials of its server. */
export interface Asked extends Partial<CloudRunServiceProps> {
  readonly credentials?: GoogleCredentials;
}

export function newStack(): TerraformStack {
  return new TerraformStack(new App({ skipValidation: true }), 'Test');
}

export function serviceIn(stack: TerraformStack, { credentials, ...asked }: Asked = {}): CloudRunService {
  const restate = new KnownServer(stack, 'Restate', credentials);
  return new CloudRunService(stack, 'Greeter', {
    restate,
    project: PROJECT,
    region: 'europe-west3',
    image: IMAGE,
    name: 'greeter',
    ...asked,
  });
}

/** The resources of a stack as Terraform reads them, by type and logical id. */
export type Resources = Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, unknown>>>>>>;

export function resourcesOf(stack: TerraformStack): Resources {
  return (JSON.parse(Testing.synth(stack)) as { resource?: Resources }).resource ?? {};
}

export function resourcesWith(asked: Asked = {}): Resources {
  const stack = newStack();
  serviceIn(stack, asked);
  return resourcesOf(stack);
}

/** The one resource of a type. */
export function onlyOne(resources: Resources, type: string): Readonly<Record<string, unknown>> {
  const all = Object.values(resources[type] ?? {});
  if (all.length !== 1 || all[0] === undefined) throw new Error(`${all.length} resources of ${type}`);
  return all[0];
}

/** A text as Terraform reads it, references as `${...}`. */
export function rendered(scope: TerraformStack, text: string): unknown {
  return Tokenization.resolve(text, {
    scope,
    preparing: false,
    resolver: new DefaultTokenResolver(new StringConcat()),
  });
}
