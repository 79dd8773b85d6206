import { CLOUD_RUN_MUTANTS } from './edits/cloud-run';
import { CONTINUITY_MUTANTS } from './edits/continuity';
import { DOOR_MUTANTS } from './edits/doors';
import { EGRESS_MUTANTS } from './edits/egress';
import { IDENTITY_MUTANTS } from './edits/identity';
import { METADATA_MUTANTS } from './edits/metadata';
import { OPERATOR_MUTANTS } from './edits/operators';
import { PROXY_MUTANTS } from './edits/proxy';
import { WIRE_MUTANTS } from './edits/wire';
import { WORKLOAD_MUTANTS } from './edits/workload';
import type { GoogleMutant } from './mutant';

/** Every guard that a deployment on Google Cloud has of its own, removed one by one, and some that it has as any other. */
export const GOOGLE_MUTANTS: readonly GoogleMutant[] = [
  ...CLOUD_RUN_MUTANTS,
  ...METADATA_MUTANTS,
  ...DOOR_MUTANTS,
  ...EGRESS_MUTANTS,
  ...OPERATOR_MUTANTS,
  ...PROXY_MUTANTS,
  ...WIRE_MUTANTS,
  ...IDENTITY_MUTANTS,
  ...WORKLOAD_MUTANTS,
  ...CONTINUITY_MUTANTS,
];
