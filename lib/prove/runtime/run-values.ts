import { randomBytes } from 'node:crypto';
import type { Container } from '../../artifact/artifact';
import { resolve, type Reference, type Text } from '../../artifact/text';

/** What the pseudo parameters of CloudFormation are in a run. */
const PSEUDO_PARAMETERS: Readonly<Record<string, string>> = {
  'AWS::AccountId': '111122223333',
  'AWS::Partition': 'aws',
  'AWS::Region': 'eu-central-1',
  'AWS::StackName': 'portcullis-run',
  'AWS::URLSuffix': 'amazonaws.com',
};

const PUBLIC = /^\s*-----BEGIN CERTIFICATE-----(?![^]*PRIVATE KEY)/;

/** Values made for one run, in place of those that only a deployment has. */
export class RunValues {
  private readonly notes = new Set<string>();
  private readonly bySecret = new Map<string, string>();
  private readonly byName: Record<string, string> = {};
  private readonly chosen = new Map<string, string>();
  private readonly known: (reference: Reference) => string | undefined;

  /** @param known values that references have in the run. @default - each gets a name */
  public constructor(known: (reference: Reference) => string | undefined = () => undefined) {
    this.known = known;
  }

  /** Each value that was replaced, in one line that does not hold it. */
  public get replaced(): readonly string[] {
    return [...this.notes];
  }

  /** Secrets made for the run, by the variable that carries them; they must never show in a log. */
  public get secrets(): Readonly<Record<string, string>> {
    return this.byName;
  }

  /** Writes a replacement down. */
  public note(line: string): void {
    this.notes.add(line);
  }

  /** Gives the secret that a container carries in a variable this value, in place of a random one. */
  public choose(container: Container, variable: string, value: string, note: string): void {
    // The same secret may be given to several containers, by one reference.
    this.chosen.set(JSON.stringify(container.secrets[variable] ?? `${container.name} ${variable}`), value);
    this.note(`${container.name}, secret ${variable}: ${note}`);
  }

  /** A random value for a secret of a store; the same one has the same value wherever it is used. */
  public secretOf(valueFrom: Text): string {
    const reference = JSON.stringify(valueFrom);
    const value = this.bySecret.get(reference) ?? `run-${randomBytes(24).toString('base64url')}`;
    this.bySecret.set(reference, value);
    return value;
  }

  /** Writes down what a file of the machine was given. */
  public keep(file: string, value: string, note: string): void {
    this.note(`secret file ${file}: ${note}`);
    if (!PUBLIC.test(value)) this.byName[file] = value;
  }

  /** The text with references replaced by names that look like what the cloud would give. */
  public text(text: Text): string {
    return resolve(text, (reference) => {
      const value = this.known(reference) ?? PSEUDO_PARAMETERS[reference.logicalId] ?? placeholder(reference);
      this.note(`${spell(reference)}: ${value}`);
      return value;
    });
  }

  /** The environment of a container, its secrets filled in; the same secret has the same value wherever it is used. */
  public environment(container: Container, identityKeyPem: string): Readonly<Record<string, string>> {
    const identity = identityVariable(container);
    if (identity !== undefined) {
      this.choose(container, identity, identityKeyPem, 'a fresh Ed25519 key');
    }
    const literal = Object.entries(container.environment).map(([name, text]) => [name, this.text(text)] as const);
    const secret = Object.entries(container.secrets).map(
      ([name, valueFrom]) => [name, this.secret(container, name, valueFrom)] as const,
    );
    return Object.fromEntries([...literal, ...secret]);
  }

  private secret(container: Container, name: string, valueFrom: Text): string {
    const chosen = this.chosen.get(JSON.stringify(valueFrom));
    const value = chosen ?? this.secretOf(valueFrom);
    if (chosen === undefined) this.note(`${container.name}, secret ${name}: random`);
    // What is shown to everybody who connects is no secret, wherever it is kept.
    if (!PUBLIC.test(value)) this.byName[name] = value;
    return value;
  }
}

/** The variables that tell the server to sign its requests; the second one ends with 1.8. */
export const IDENTITY_KEY_FILES: readonly string[] = [
  'RESTATE_WORKER__INVOKER__REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE',
  'RESTATE_REQUEST_IDENTITY_PRIVATE_KEY_PEM_FILE',
];
const IDENTITY_NAME = /IDENTITY|SIGNING|PRIVATE_?KEY|_PEM$/i;

/** Whether the server of this container signs its requests to services. */
export function signsRequests(container: Container): boolean {
  return IDENTITY_KEY_FILES.some((name) => container.environment[name] !== undefined);
}

/** The secret that becomes the request identity key: the one that its name says, or the only one. */
function identityVariable(container: Container): string | undefined {
  const names = Object.keys(container.secrets);
  if (!signsRequests(container)) {
    return undefined;
  }
  return names.find((name) => IDENTITY_NAME.test(name)) ?? (names.length === 1 ? names[0] : undefined);
}

function spell({ logicalId, attribute }: Reference): string {
  return attribute === undefined ? logicalId : `${logicalId}.${attribute}`;
}

/** Lower case and short, so that it may stand wherever the cloud's own value may: in a host name, a path, an ARN. */
function placeholder(reference: Reference): string {
  return spell(reference)
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60);
}
