import type { CheckedClaim } from '../checked-claim';
import { servicesOf } from './services';
import { withoutServices } from './cloud-run-claim';

/** Nothing that a file can say registers a service with its authentication; what runs programs when it is applied is reported as unread. */
export const AUTHENTICATION_CHANGE_FORCED: CheckedClaim = {
  id: 'authentication-change-forced',
  decide: (deployment) =>
    servicesOf(deployment).length === 0
      ? [withoutServices(deployment)]
      : servicesOf(deployment).map(({ id }) => ({
          verdict: 'not-applicable',
          subject: id,
          evidence: `nothing in the file registers ${id}: whoever does so by hand changes its authentication by force, or not at all`,
        })),
};
