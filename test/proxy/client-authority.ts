import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import * as x509 from '@peculiar/x509';

/** What a client shows in the handshake, PEM. */
export interface ClientCertificate {
  readonly certificate: string;
  readonly privateKey: string;
  readonly serialNumber: string;
}

/** What is special about a certificate; a good one otherwise. */
export interface ClientCertificateProps {
  readonly uris?: readonly string[];
  readonly names?: readonly string[];
  readonly purpose?: 'client' | 'server' | 'any';
  /** How long it is still good for; negative: since when it is no longer. */
  readonly lifeMs?: number;
}

/** An authority of clients, made for a test. */
export interface ClientAuthority {
  readonly certificate: string;
  issue(props: ClientCertificateProps): Promise<ClientCertificate>;
  /** Its revocation list, PEM; good for a day unless said otherwise. */
  revoke(serialNumbers: readonly string[], lifeMs?: number): Promise<string>;
}

const ALGORITHM = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const PURPOSES = { client: x509.ExtendedKeyUsage.clientAuth, server: x509.ExtendedKeyUsage.serverAuth } as const;
const DAY_MS = 86_400_000;

/** Makes one, good for a day unless said otherwise. */
export async function clientAuthority(name: string, ownLifeMs: number = DAY_MS): Promise<ClientAuthority> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const root = await x509.X509CertificateGenerator.createSelfSigned(
    {
      name: `CN=${name}`,
      ...validity(ownLifeMs),
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
  return {
    certificate: root.toString('pem'),
    issue: (props) => issue(root, keys.privateKey, props),
    revoke: async (serialNumbers, lifeMs = DAY_MS) => {
      const { notBefore: thisUpdate, notAfter: nextUpdate } = validity(lifeMs);
      const entries = serialNumbers.map((serialNumber) => ({
        serialNumber,
        revocationDate: thisUpdate,
        reason: x509.X509CrlReason.keyCompromise,
      }));
      const { privateKey: signingKey } = keys;
      const list = await x509.X509CrlGenerator.create(
        { issuer: root.subject, thisUpdate, nextUpdate, entries, signingAlgorithm: ALGORITHM, signingKey },
        webcrypto,
      );
      return x509.PemConverter.encode(list.rawData, 'X509 CRL');
    },
  };
}

async function issue(
  root: x509.X509Certificate,
  signingKey: webcrypto.CryptoKey,
  { uris = [], names = [], purpose = 'client', lifeMs = DAY_MS }: ClientCertificateProps,
): Promise<ClientCertificate> {
  const keys = await webcrypto.subtle.generateKey(ALGORITHM, true, ['sign', 'verify']);
  const issued = await x509.X509CertificateGenerator.create(
    {
      subject: 'CN=client',
      issuer: root.subject,
      ...validity(lifeMs),
      signingAlgorithm: ALGORITHM,
      signingKey,
      publicKey: keys.publicKey,
      extensions: [
        new x509.BasicConstraintsExtension(false, undefined, true),
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        ...(purpose === 'any' ? [] : [new x509.ExtendedKeyUsageExtension([PURPOSES[purpose]])]),
        new x509.SubjectAlternativeNameExtension([
          ...uris.map((value) => ({ type: 'url' as const, value })),
          ...names.map((value) => ({ type: 'dns' as const, value })),
        ]),
        await x509.AuthorityKeyIdentifierExtension.create(root, false, webcrypto),
      ],
    },
    webcrypto,
  );
  const pkcs8 = await webcrypto.subtle.exportKey('pkcs8', keys.privateKey);
  return {
    certificate: issued.toString('pem'),
    privateKey: x509.PemConverter.encode(pkcs8, 'PRIVATE KEY'),
    serialNumber: issued.serialNumber,
  };
}

function validity(lifeMs: number): { readonly notBefore: Date; readonly notAfter: Date } {
  return { notBefore: new Date(Date.now() - DAY_MS / 2), notAfter: new Date(Date.now() + lifeMs) };
}
