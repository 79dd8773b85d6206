import type { CheckedClaim } from '../checked-claim';
import { broken, unproven, type Wrong } from '../server/wrong';
import { cloudRunClaim } from './cloud-run-claim';

/** Before a service runs an image, the project's policy is asked whether it may. */
export const IMAGES_VERIFIED: CheckedClaim = {
  ...cloudRunClaim('images-by-digest', ({ id, imagesVerified = 'unknown' }, { server }) => ({
    wrong: server === undefined && imagesVerified === 'unsaid' ? [] : FAULTS[imagesVerified],
    holds: `a policy is asked about each image that ${id} runs, where the file has one`,
  })),
  isBeside: true,
};

const FAULTS = {
  on: [],
  off: [broken('no policy is asked about the images that it runs (binary_authorization)')],
  overruled: [broken('the policy about the images that it runs is overruled (breakglass_justification)')],
  unsaid: [unproven('nothing says that a policy is asked about the images that it runs (binary_authorization)')],
  unknown: [unproven('whether a policy is asked about the images that it runs is not known from the file')],
} as const satisfies Readonly<Record<string, readonly Wrong[]>>;
