import { assertProxySupported } from '../../lib/proxy/versions';
import { refusal } from '../core/refusal';

describe('the release of Envoy', () => {
  test.each(['distroless-v1.40.0', 'v1.40.3', '1.40.1'])('is accepted as %s', (tag) => {
    expect(() => assertProxySupported(tag)).not.toThrow();
  });

  test.each(['distroless-latest', 'distroless-v1.31.0', 'v1.41.0', 'v11.40.0', 'v1.40', 'v1.40.0-rc1', ''])(
    'is refused as %j, which was not measured',
    (tag) => {
      expect(refusal(() => assertProxySupported(tag)).code).toBe('ProxyVersionUnknown');
    },
  );
});
