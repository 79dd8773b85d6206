import type { Artifact } from '../artifact/artifact';
import type { RestateDeployment } from '../artifact/role';

/** What is checked: one file, and a server in it where there is one. */
export interface CheckedDeployment {
  readonly artifact: Artifact;
  /** A host that runs Restate. Absent: the file deploys none, but services or networks of one. */
  readonly server?: RestateDeployment;
}
