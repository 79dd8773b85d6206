import type { CheckedClaim } from '../checked-claim';
import { broken, unproven } from '../server/wrong';
import { cloudRunClaim } from './cloud-run-claim';

/** The front end speaks HTTP/2 to the container of each service. */
export const CLOUD_RUN_HTTP2: CheckedClaim = cloudRunClaim('cloud-run-http2', ({ id, port }) => ({
  wrong:
    port.protocol === 'h2c'
      ? []
      : port.protocol === 'http1'
        ? [broken(`the container of ${id} is spoken to in HTTP/1 at port ${port.number}: its port is not named h2c`)]
        : [unproven(`what the container of ${id} is spoken to in is not known from the file: the name of its port`)],
  holds: `the container of ${id} is spoken to in HTTP/2 at port ${port.number}`,
}));
