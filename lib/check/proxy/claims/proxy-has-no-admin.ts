import type { CheckedClaim } from '../../checked-claim';
import { broken, holds, notApplicable } from '../judgement';
import { proxyClaim } from '../proxy-claim';

/** Whether nothing but its listeners leads into the proxy. */
export const PROXY_HAS_NO_ADMIN: CheckedClaim = proxyClaim({
  id: 'proxy-has-no-admin',
  judge: ({ bootstrap, startup }) => {
    const faults = [
      ...(bootstrap.has('admin') ? ['has an admin interface'] : []),
      ...(startup.hotRestart
        ? ['has sockets of hot restart, which containers beside it reach: --disable-hot-restart is missing']
        : []),
    ];
    return faults.length > 0
      ? faults.map((fault) => broken(`the proxy ${fault}`))
      : [holds('the proxy has no admin interface and no sockets of hot restart')];
  },
  withoutProxy: notApplicable('no proxy stands before the server'),
});
