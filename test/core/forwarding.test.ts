import { DEFAULT_FORWARD_HEADERS, forwardHeaders, forwardQuery, type QueryParameter } from '../../lib/core/forwarding';
import { refusal } from './refusal';

describe('forwarded headers', () => {
  test('hold nothing that identifies a caller when nothing is said', () => {
    expect(forwardHeaders(DEFAULT_FORWARD_HEADERS)).toEqual([...DEFAULT_FORWARD_HEADERS].sort());
    for (const name of ['authorization', 'cookie', 'user-agent', 'x-forwarded-for', 'host']) {
      expect(DEFAULT_FORWARD_HEADERS).not.toContain(name);
    }
  });

  test('are each named once, in order', () => {
    expect(forwardHeaders(['x-tenant-id', 'accept', 'x-tenant-id'])).toEqual(['accept', 'x-tenant-id']);
  });

  test('may be none', () => {
    expect(forwardHeaders([])).toEqual([]);
  });

  test.each(['Authorization', 'X-Tenant', 'x-*', '*', '', 'x tenant', 'x-tenant:', ':path', 'x-tenant\n', 'x_ü'])(
    'never hold %p, which is no exact lower-case name',
    (name) => {
      expect(refusal(() => forwardHeaders([name])).code).toBe('HeaderNameInvalid');
    },
  );

  test.each([
    'authorization',
    'proxy-authorization',
    'cookie',
    'x-serverless-authorization',
    'x-api-key',
    'x-restate-id',
    'x-envoy-original-path',
    'x-amzn-oidc-data',
    'x-amz-security-token',
    'x-forwarded-for',
    'x-goog-iap-jwt-assertion',
    'forwarded',
    'via',
    'x-real-ip',
    'true-client-ip',
    'x-http-method-override',
    'x-auth-token',
    'apikey',
    'x-client-secret',
    'x-original-url',
    'x-rewrite-url',
    'connection',
    'te',
    'trailer',
    'transfer-encoding',
    'upgrade',
    'host',
    'origin',
    'access-control-request-method',
  ])('never hold %s', (name) => {
    expect(refusal(() => forwardHeaders(['accept', name])).code).toBe('HeaderNotForwardable');
  });

  test('are known at synthesis', () => {
    expect(refusal(() => forwardHeaders(['${Token[TOKEN.1]}'])).code).toBe('ValueNotConcrete');
  });
});

describe('forwarded query parameters', () => {
  test('are of known shape', () => {
    expect(forwardQuery(['delay', 'delay'])).toEqual(['delay']);
    expect(forwardQuery([])).toEqual([]);
  });

  test.each(['access_token', 'DELAY', 'constructor', ''])('never hold %p', (name) => {
    expect(refusal(() => forwardQuery([name as QueryParameter])).code).toBe('QueryParameterUnknown');
  });
});
