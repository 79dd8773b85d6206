import { KmsCryptoKey } from '@cdktf/provider-google/lib/kms-crypto-key';
import { KmsKeyRing } from '@cdktf/provider-google/lib/kms-key-ring';
import type { ITerraformDependable } from 'cdktf';
import { Construct } from 'constructs';
import { isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { assertServiceAccount } from '../restate/google-id-token';
import { grantKeyUse } from './iam-members';
import { resourceName } from './resource-name';
import type { ServerProject } from './restate-server-props';

/** Properties of {@link Encryption}. */
export interface EncryptionProps {
  readonly project: ServerProject;
  /** Region of what is encrypted, and so of the key. */
  readonly region: string;
  /** Id of a key. @default - a new one that rotates every 90 days and cannot be destroyed by this stack */
  readonly key: string | undefined;
  /** Agent of Cloud Logging. @default - the one that is named by the project's number */
  readonly logAgent: string | undefined;
}

const KEY = /^projects\/[^/]+\/locations\/([a-z0-9-]+)\/keyRings\/[A-Za-z0-9_-]+\/cryptoKeys\/[A-Za-z0-9_-]+$/;
const NINETY_DAYS = '7776000s';

/** The customer-managed key of disks, snapshots and logs, and the two agents of Google that may use it. */
export class Encryption extends Construct {
  /** Absent where a key was given. */
  public readonly keyRing?: KmsKeyRing;
  /** Absent where a key was given. */
  public readonly key?: KmsCryptoKey;
  /** What disks wait for: before it, none can be made. */
  public readonly forDisks: ITerraformDependable;
  /** What the log bucket waits for. */
  public readonly forLogs: ITerraformDependable;
  private readonly given: string | undefined;

  public constructor(scope: Construct, id: string, props: EncryptionProps) {
    super(scope, id);
    const { project, region, key } = props;
    if (key === undefined) {
      // Key rings and keys cannot be deleted in Cloud KMS: only their versions are destroyed, and all that they encrypted with them.
      const lifecycle = { preventDestroy: true };
      this.keyRing = new KmsKeyRing(this, 'KeyRing', {
        name: resourceName(this),
        project: project.id,
        location: region,
        lifecycle,
      });
      this.key = new KmsCryptoKey(this, 'Key', {
        name: 'disks-and-logs',
        keyRing: this.keyRing.id,
        purpose: 'ENCRYPT_DECRYPT',
        rotationPeriod: NINETY_DAYS,
        lifecycle,
      });
    } else {
      assertKeyHere(key, region);
    }
    this.given = key;
    const logAgent = props.logAgent ?? `service-${project.number}@gcp-sa-logging.iam.gserviceaccount.com`;
    assertServiceAccount('logEncryptionAgent', logAgent);
    const diskAgent = `service-${project.number}@compute-system.iam.gserviceaccount.com`;
    this.forDisks = grantKeyUse(this, 'DiskAgent', { key: this.keyId, agent: diskAgent });
    this.forLogs = grantKeyUse(this, 'LogAgent', { key: this.keyId, agent: logAgent });
  }

  /** `projects/P/locations/L/keyRings/R/cryptoKeys/K` */
  public get keyId(): string {
    return this.key?.id ?? this.given ?? '';
  }
}

function assertKeyHere(key: string, region: string): void {
  if (isToken(key) || KEY.exec(key)?.[1] === region) return;
  throw new UnsafeConfigurationError({
    code: 'EncryptionKeyElsewhere',
    given: `encryptionKey ${quote(key)}`,
    because: `disks and logs of ${quote(region)} can be encrypted with a key of that region alone`,
    write: `give 'projects/P/locations/${region}/keyRings/R/cryptoKeys/K', or leave it out`,
  });
}
