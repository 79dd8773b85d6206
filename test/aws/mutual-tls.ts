import type { Stack } from 'aws-cdk-lib';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { CALLERS_AUTHORITY } from '../../examples/aws/callers-authority';
import { IngressAuth, ProxyCertificate } from '../../lib/aws';
import type { Asked } from './template-of';

export const SHOP = 'shop.internal.example.com';

export function mutualTlsAuth(crl = 's3://example-ca/lists/ca.crl.pem'): ReturnType<typeof IngressAuth.mutualTls> {
  return IngressAuth.mutualTls({ ca: CALLERS_AUTHORITY, names: [SHOP], crl });
}

/** Callers show certificates, and the proxy one by secret. */
export function mutualTls(stack: Stack, crl?: string): Asked {
  return { ingress: { auth: mutualTlsAuth(crl), certificate: proxyCertificate(stack) } };
}

export function proxyCertificate(stack: Stack): ProxyCertificate {
  return ProxyCertificate.fromSecret(Secret.fromSecretNameV2(stack, 'ProxyCertificate', 'orders/certificate'));
}
