import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';
import ipaddr from 'ipaddr.js';

/** A certificate and its key, PEM. */
export interface IssuedCertificate {
  readonly certificate: string;
  readonly privateKey: string;
}

/** What is certified. */
export interface CertificateRequest {
  readonly names: readonly x509.JsonGeneralName[];
  /** @default portcullis run */
  readonly subject?: string;
  readonly purpose: 'client' | 'server';
  /** @default - an hour ago */
  readonly notBefore?: Date;
  /** @default - longer than any run */
  readonly notAfter?: Date;
}

/** Signs certificates for the servers, or for the callers, of one run. */
export interface CertificateAuthority {
  /** PEM; what the run's clients trust. */
  readonly certificate: string;
  /** A server's certificate for these DNS names and addresses. */
  issue(names: readonly string[]): Promise<IssuedCertificate>;
  certify(request: CertificateRequest): Promise<IssuedCertificate>;
  /** PEM of a list of certificates of its own that are good no more. */
  revocationList(certificates: readonly string[]): Promise<string>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const HOUR_MS = 3_600_000;
/** Longer than any run; clocks of containers are the host's own. */
const LIFETIME_MS = 24 * HOUR_MS;

/** Who signs. */
interface Signer {
  readonly certificate: x509.X509Certificate;
  readonly signingKey: webcrypto.CryptoKey;
}

/** Makes a certificate authority that nobody else knows: its key never leaves this process and is never written down. */
export async function createCertificateAuthority(name: string): Promise<CertificateAuthority> {
  const keys = await generateKeys();
  const root = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      ...validity({}),
      signingAlgorithm: ALGORITHM,
      keys,
      extensions: [
        new x509.BasicConstraintsExtension(true, 0, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
        await x509.SubjectKeyIdentifierExtension.create(keys.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const signer = { certificate: root, signingKey: keys.privateKey };
  return {
    certificate: root.toString('pem'),
    issue: (names) => certify(signer, { names: names.map(serverName), purpose: 'server' }),
    certify: (request) => certify(signer, request),
    revocationList: (certificates) => renderList(signer, certificates),
  };
}

/** Signs with the key of a certificate that is no authority, as its holder may try to. */
export async function certifyAs(holder: IssuedCertificate, request: CertificateRequest): Promise<IssuedCertificate> {
  const pkcs8 = x509.PemConverter.decodeFirst(holder.privateKey);
  const signingKey = await webcrypto.subtle.importKey('pkcs8', pkcs8, ALGORITHM, false, ['sign']);
  const issued = await certify({ certificate: new x509.X509Certificate(holder.certificate), signingKey }, request);
  return { ...issued, certificate: `${issued.certificate}\n${holder.certificate}` };
}

async function certify(signer: Signer, request: CertificateRequest): Promise<IssuedCertificate> {
  const { names, purpose, subject = 'portcullis run' } = request;
  const keys = await generateKeys();
  const usage = purpose === 'client' ? x509.ExtendedKeyUsage.clientAuth : x509.ExtendedKeyUsage.serverAuth;
  const certificate = await x509.X509CertificateGenerator.create(
    {
      // The name is in the subject alternative names alone (RFC 9525): a common name could be too long for X.509.
      subject: [{ CN: [subject] }],
      issuer: signer.certificate.subject,
      ...validity(request),
      signingAlgorithm: ALGORITHM,
      signingKey: signer.signingKey,
      publicKey: keys.publicKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([usage]),
        ...(names.length > 0 ? [new x509.SubjectAlternativeNameExtension([...names])] : []),
        await x509.AuthorityKeyIdentifierExtension.create(signer.certificate.publicKey, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return { certificate: certificate.toString('pem'), privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY') };
}

async function renderList(signer: Signer, certificates: readonly string[]): Promise<string> {
  // An entry must say something: without a reason its extensions would be an empty list, which is no entry.
  const reason = x509.X509CrlReason.keyCompromise;
  const entries = certificates.map((pem) => ({ serialNumber: new x509.X509Certificate(pem).serialNumber, reason }));
  const { notBefore, notAfter } = validity({});
  const list = await x509.X509CrlGenerator.create(
    {
      issuer: signer.certificate.subject,
      thisUpdate: notBefore,
      nextUpdate: notAfter,
      entries,
      signingAlgorithm: ALGORITHM,
      signingKey: signer.signingKey,
    },
    webcrypto,
  );
  return `${x509.PemConverter.encode(list.rawData, 'X509 CRL')}\n`;
}

function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
}

function serverName(value: string): x509.JsonGeneralName {
  return { type: ipaddr.isValid(value) ? 'ip' : 'dns', value };
}

function validity({ notBefore, notAfter }: Pick<CertificateRequest, 'notBefore' | 'notAfter'>): {
  readonly notBefore: Date;
  readonly notAfter: Date;
} {
  const now = Date.now();
  return { notBefore: notBefore ?? new Date(now - HOUR_MS), notAfter: notAfter ?? new Date(now + LIFETIME_MS) };
}
