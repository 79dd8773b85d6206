import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { cryptoProvider, X509CrlGenerator } from '@peculiar/x509';

/** A revocation list of an authority of its own, PEM. */
export async function revocationList(...serialNumbers: readonly string[]): Promise<string> {
  cryptoProvider.set(webcrypto);
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
  const { privateKey } = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const list = await X509CrlGenerator.create({
    issuer: 'CN=Authority',
    nextUpdate: new Date(Date.now() + 86_400_000),
    entries: serialNumbers.map((serialNumber) => ({ serialNumber })),
    signingAlgorithm: algorithm,
    signingKey: privateKey,
  });
  const lines =
    Buffer.from(list.rawData)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN X509 CRL-----\n${lines.join('\n')}\n-----END X509 CRL-----\n`;
}
