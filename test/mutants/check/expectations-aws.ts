import { EXPECTED_OF_AWS_DATA } from './expectations-aws-data';
import { EXPECTED_OF_AWS_MACHINES } from './expectations-aws-machines';
import { EXPECTED_OF_AWS_NETWORKS } from './expectations-aws-network';
import type { Expectation } from './expectation';

/** What is said of single changes to templates of CloudFormation. */
export const EXPECTED_ON_AWS: readonly Expectation[] = [
  ...EXPECTED_OF_AWS_NETWORKS,
  ...EXPECTED_OF_AWS_DATA,
  ...EXPECTED_OF_AWS_MACHINES,
];
