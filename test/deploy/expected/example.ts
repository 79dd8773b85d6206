/** The stacks of the examples. */
export const DEPLOYED = ['Orders', 'Billing', 'Ledger'] as const;
export type Deployed = (typeof DEPLOYED)[number];

/** One value for each example. */
export function of<T>(example: Deployed, values: Readonly<Record<Deployed, T>>): T {
  return values[example];
}

export const ACCOUNT_ARN = (service: string, end: string): string =>
  `arn:aws:${service}:eu-central-1:111122223333:${end}`;

export const KEY = ACCOUNT_ARN('kms', 'key/{EncryptionKey}');
