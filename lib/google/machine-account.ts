import { ServiceAccount } from '@cdktf/provider-google/lib/service-account';
import { Construct } from 'constructs';
import { type GoogleCredentials, impersonator } from './credentials';
import { grantIdTokenCreation, grantImageRead, grantLogWrite, grantObjectRead, grantSecretRead } from './iam-members';
import { type ImageRepository, imageRepository, type ServerImages } from './images';
import type { MachineSecret } from './machine-secrets';
import { resourceName } from './resource-name';
import { isSameValue } from './same-value';

/** Properties of {@link MachineAccount}. */
export interface MachineAccountProps {
  /** Id of the project. */
  readonly project: string;
  readonly images: ServerImages;
  /** What the machine fetches. */
  readonly secrets: readonly MachineSecret[];
  readonly credentials: GoogleCredentials;
  /** The bucket of the revocation list, where callers show certificates. */
  readonly revocationBucket: string | undefined;
}

const CONTAINERS = ['restate', 'envoy', 'certificate'] as const;

/** Google takes no longer one. */
const LONGEST_ACCOUNT_ID = 30;

/**
 * The account of the machine, with its five powers: pull its images, write logs, read its secrets, read the bucket of its revocation list, and
 * mint ID tokens of one account, each only where there is such a thing. Restate gets ID tokens of it and nothing else, unless it impersonates:
 * then it is handed the access token, and with it all five.
 */
export class MachineAccount extends Construct {
  public readonly resource: ServiceAccount;

  public constructor(scope: Construct, id: string, props: MachineAccountProps) {
    super(scope, id);
    this.resource = new ServiceAccount(this, 'Resource', {
      accountId: resourceName(this, LONGEST_ACCOUNT_ID),
      displayName: 'Machine of Restate',
      project: props.project,
    });
    const { credentials, revocationBucket } = props;
    for (const [name, repository] of this.repositories(props.images)) {
      grantImageRead(this, `${name}Images`, repository, this.email);
    }
    grantLogWrite(this, 'Logs', props.project, this.email);
    for (const { name, secret } of this.distinct(props.secrets)) {
      grantSecretRead(this, `${name}Secret`, secret.secret, this.email);
    }
    if (revocationBucket !== undefined) grantObjectRead(this, 'RevocationList', revocationBucket, this.email);
    const member = impersonator(credentials, this.email);
    if (member !== undefined && credentials.source !== 'none' && credentials.impersonate !== undefined) {
      grantIdTokenCreation(this, 'IdTokens', credentials.impersonate, member);
    }
  }

  /** Its e-mail address. */
  public get email(): string {
    return this.resource.email;
  }

  private repositories(images: ServerImages): readonly [string, ImageRepository][] {
    const all = CONTAINERS.flatMap((name): [string, ImageRepository][] => {
      const image = images[name];
      return image === undefined
        ? []
        : [[`${name.charAt(0).toUpperCase()}${name.slice(1)}`, imageRepository(name, image)]];
    });
    return all.filter(([, one], index) => {
      const first = all.findIndex(([, other]) => isSameValue(this, pathOf(other), pathOf(one)));
      return first === index;
    });
  }

  /** Two versions of one secret need one right. */
  private distinct(all: readonly MachineSecret[]): readonly MachineSecret[] {
    return all.filter(({ secret }, index) => {
      const first = all.findIndex((other) => isSameValue(this, other.secret.secret, secret.secret));
      return first === index;
    });
  }
}

function pathOf({ project, location, repository }: ImageRepository): string {
  return `${location}/${project}/${repository}`;
}
