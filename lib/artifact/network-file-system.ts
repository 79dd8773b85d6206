/** A file system of the network, as a task mounts it. */
export interface NetworkFileSystem {
  /** Logical id. Absent: it is not in the file. */
  readonly id?: string;
  /** Whether what is read and written goes over TLS. */
  readonly encryptedOnTheWay: boolean | 'unknown';
  /** Whether it is mounted with the identity of the task. */
  readonly showsIdentity: boolean | 'unknown';
}
