import { sameText } from '../../lib/artifact/same-text';
import type { Text } from '../../lib/artifact/text';

const NETWORK: Text = [{ logicalId: 'google_compute_network.net', attribute: 'id' }];
const ACCOUNT: Text = [{ logicalId: 'google_service_account.restate', attribute: 'email' }];
const LOOKED_UP: Text = [{ logicalId: 'data.google_compute_network.net', attribute: 'id' }];
const OF_VARIABLE: Text = ['projects/', { logicalId: 'var.project' }, '/global/networks/net'];
const MAYBE: Text = [{ logicalId: 'engine@p.iam.gserviceaccount.com', attribute: 'unknown' }];

test.each<[Text, Text | undefined, boolean | undefined]>([
  [['default'], ['default'], true],
  [['default'], ['other'], false],
  [['default'], ['projects/p/global/networks/default'], undefined],
  [['projects/p/global/networks/net'], ['projects/p/global/networks/net'], true],
  [['projects/p/global/networks/net'], ['https://www.googleapis.com/compute/v1/projects/p/global/networks/net'], true],
  [['projects/p/global/networks/net'], ['projects/q/global/networks/net'], false],
  [['projects/p/global/networks/net'], ['projects/111122223333/global/networks/net'], undefined],
  [['projects/p/global/networks/net'], OF_VARIABLE, undefined],
  [['projects/p/global/networks/other'], OF_VARIABLE, false],
  [OF_VARIABLE, OF_VARIABLE, true],
  [['projects/-/serviceAccounts/a@p.iam.gserviceaccount.com'], ['a@p.iam.gserviceaccount.com'], true],
  [NETWORK, [{ logicalId: 'google_compute_network.net', attribute: 'name' }], true],
  [NETWORK, ACCOUNT, false],
  [NETWORK, ['net'], undefined],
  [NETWORK, LOOKED_UP, undefined],
  [NETWORK, [{ logicalId: 'google_compute_instance.m', attribute: 'network_interface.0.network' }], undefined],
  [['a/', ...NETWORK], ['a/', ...NETWORK], true],
  [['a/', ...NETWORK], ['a/net'], undefined],
  [ACCOUNT, MAYBE, undefined],
  [MAYBE, MAYBE, true],
  [ACCOUNT, undefined, false],
  [[], [], undefined],
])('%j and %j name one thing: %s', (one, other, expected) => {
  expect(sameText(one, other)).toBe(expected);
  if (other !== undefined) expect(sameText(other, one)).toBe(expected);
});
