import type { ServerConfig } from './server-config';

/**
 * What a user may say of the server itself. Not the whole of its configuration: a version or folder of its own would be overwritten, or part
 * the server from its disk and key.
 */
export type ServerOptions = Omit<
  ServerConfig,
  'version' | 'clusterName' | 'baseDir' | 'identityKeyFile' | 'adminListener'
>;

/** Every name of them, and no other: the compiler holds the list complete. */
export const SERVER_OPTIONS: Readonly<Record<keyof ServerOptions, true>> = {
  nodeName: true,
  requestIdentityExpirationSeconds: true,
  partitions: true,
  rocksdbMemoryMib: true,
  journalRetentionSeconds: true,
  idempotencyRetentionSeconds: true,
  workflowRetentionSeconds: true,
  concurrentInvocations: true,
  inactivityTimeoutSeconds: true,
  abortTimeoutSeconds: true,
  shutdownTimeoutSeconds: true,
};
