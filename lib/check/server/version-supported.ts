import { UnsafeConfigurationError } from '../../core/errors';
import { assertSupported } from '../../restate/versions';
import type { CheckedClaim } from '../checked-claim';
import { serverClaim } from './server-claim';
import { broken, unproven } from './wrong';

/** Of a version about which nothing is known nobody can say that it is vulnerable. */
const NOT_KNOWN = 'ServerVersionUnknown';

/** Decides whether the server is a release without an advisory that is refused, by the tag of its image. */
export const VERSION_SUPPORTED: CheckedClaim = serverClaim('version-supported', ({ restate: { name, image } }) => {
  const { tag } = image;
  if (tag === undefined) {
    return unproven(`the image of ${name} has no tag, so that nothing says which release its digest is`);
  }
  try {
    assertSupported(tag);
  } catch (error) {
    if (!(error instanceof UnsafeConfigurationError)) throw error;
    return error.code === NOT_KNOWN ? unproven(error.message) : broken(error.message);
  }
  return { verdict: 'holds', evidence: `the image of ${name} is of release ${tag}` };
});
