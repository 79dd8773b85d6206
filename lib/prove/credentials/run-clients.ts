import { renameSync, writeFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { posix } from 'node:path';
import type { ClientCertificateDemand } from '../../artifact/client-certificates';
import type { ClientAuthority, ClientCertificateOptions } from '../deployment';
import { type CertificateAuthority, certifyAs, createCertificateAuthority } from '../issuer/certificate-authority';
import type { ClientCertificate } from '../probe';
import type { Grant } from './grants';
import type { BindMount } from '../runtime/root-script';

/** What the callers' certificates of a run are made from. */
export interface RunClientsOptions {
  readonly demand: ClientCertificateDemand;
  /** The name of the good caller. */
  readonly name: string;
  /** What that name opens. */
  readonly target: Grant;
}

const NAME = 'Portcullis run authority of callers';
const HOUR_MS = 3_600_000;
/** Type of the resource that Envoy's secret discovery service hands out. */
const SECRET = 'type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret';

/** Certificates of callers, good ones and all that may be wrong with one, and the list of those that were withdrawn. */
export class RunClients implements ClientAuthority {
  public readonly required: boolean;
  public readonly names: readonly string[];
  public readonly target: Grant;
  /** PEM of the authority that takes the place of the deployment's. */
  public readonly certificate: string;
  private readonly withdrawn: ClientCertificate[];
  private file: string | undefined;
  private renewed: Promise<void> = Promise.resolve();

  private constructor(
    private readonly options: RunClientsOptions,
    private readonly authority: CertificateAuthority,
    private readonly stranger: CertificateAuthority,
    public readonly good: ClientCertificate,
    public readonly revoked: ClientCertificate,
    /** PEM of the revocation list at the start of the run. */
    public readonly list: string,
  ) {
    this.required = options.demand.required;
    this.names = options.demand.names;
    this.target = options.target;
    this.certificate = authority.certificate;
    this.withdrawn = [revoked];
  }

  public static async create(options: RunClientsOptions): Promise<RunClients> {
    const [authority, stranger] = await Promise.all([
      createCertificateAuthority(NAME),
      createCertificateAuthority(NAME),
    ]);
    const request = { names: [alternativeName(options.name)], purpose: 'client' } as const;
    const [good, revoked] = await Promise.all([authority.certify(request), authority.certify(request)]);
    const list = await authority.revocationList([revoked.certificate]);
    return new RunClients(options, authority, stranger, good, revoked, list);
  }

  public get keepsList(): boolean {
    return this.file !== undefined;
  }

  /** Lays the list down where the proxy reads it, as the node does; nothing where no folder of the node is mounted there. */
  public keepList(mounts: readonly BindMount[]): void {
    const { path } = this.options.demand.file ?? {};
    const mount = mounts.find((each) => path?.startsWith(`${each.path.replace(/\/$/, '')}/`) === true);
    if (path === undefined || mount === undefined) return;
    this.file = posix.join(mount.source, posix.relative(mount.path, path));
    this.write(this.file, this.list);
  }

  public async revoke(certificate: ClientCertificate): Promise<void> {
    this.withdrawn.push(certificate);
    // One after another: a list that is signed later must not be overtaken by one that lacks its last entry.
    this.renewed = this.renewed.then(() => this.renew());
    await this.renewed;
  }

  public issue(options: ClientCertificateOptions = {}): Promise<ClientCertificate> {
    const {
      name = this.options.name,
      nameAs,
      signedBy = 'own',
      purpose = 'client',
      fromHours = -1,
      untilHours = 24,
    } = options;
    const type = nameAs ?? alternativeName(name).type;
    const request = {
      names: type === 'subject' ? [] : [{ type, value: name }],
      ...(type === 'subject' && { subject: name }),
      purpose,
      notBefore: new Date(Date.now() + fromHours * HOUR_MS),
      notAfter: new Date(Date.now() + untilHours * HOUR_MS),
    };
    if (signedBy === 'caller') return certifyAs(this.good, request);
    return (signedBy === 'own' ? this.authority : this.stranger).certify(request);
  }

  private async renew(): Promise<void> {
    const list = await this.authority.revocationList(this.withdrawn.map((each) => each.certificate));
    if (this.file !== undefined) this.write(this.file, list);
  }

  /** Written beside and renamed, so that nobody reads half of it. */
  private write(file: string, list: string): void {
    const secret = {
      '@type': SECRET,
      name: this.options.demand.file?.secret,
      validation_context: { crl: { inline_string: list } },
    };
    writeFileSync(`${file}.new`, `${JSON.stringify({ resources: [secret] })}\n`, { mode: 0o644 });
    renameSync(`${file}.new`, file);
  }
}

function alternativeName(name: string): { readonly type: 'dns' | 'url' | 'ip'; readonly value: string } {
  if (isIP(name) !== 0) return { type: 'ip', value: name };
  return { type: name.includes('://') || name.startsWith('urn:') ? 'url' : 'dns', value: name };
}
