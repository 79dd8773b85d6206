import { PROXY_CLAIMS } from '../../../lib/check/proxy/proxy-claims';
import { AUTHENTICATION_FAULTS } from './authentication-faults';
import { DOOR_FAULTS } from './door-faults';
import { edited } from './edited-proxy';
import type { ProxyFault } from './fault';
import { GRANT_FAULTS } from './grant-faults';
import { LIMIT_FAULTS } from './limit-faults';
import { REQUEST_FAULTS } from './request-faults';
import { TOKEN_FAULTS } from './token-faults';

const FAULTS: readonly ProxyFault[] = [
  ...AUTHENTICATION_FAULTS,
  ...TOKEN_FAULTS,
  ...GRANT_FAULTS,
  ...REQUEST_FAULTS,
  ...LIMIT_FAULTS,
  ...DOOR_FAULTS,
];

const NAMED = FAULTS.map(([what, example, edit, claim, verdict = 'broken']) => ({
  what,
  example,
  edit,
  claim,
  verdict,
}));

test.each(NAMED)('$what, in $example, is found', ({ example, edit, claim, verdict }) => {
  const deployment = edited(example, edit);
  const findings = PROXY_CLAIMS.filter(({ id }) => id === claim).flatMap(({ decide }) => decide(deployment));
  expect(findings).toEqual([expect.objectContaining({ verdict })]);
});
