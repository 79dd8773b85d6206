import { logsClientPorts, readProxyLog } from '../../../lib/prove/attacks/proxy-log';

function bootstrap(format: Record<string, string>): unknown {
  return {
    static_resources: { listeners: [{ access_log: [{ typed_config: { log_format: { json_format: format } } }] }] },
  };
}

const OURS = bootstrap({
  path: '%PATH(NQ)%',
  status: '%RESPONSE_CODE%',
  details: '%RESPONSE_CODE_DETAILS%',
  ip: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
  port: '%DOWNSTREAM_REMOTE_PORT%',
});
const THEIRS = bootstrap({
  p: '%REQ(X-ENVOY-ORIGINAL-PATH?:PATH)%',
  s: '%RESPONSE_CODE%',
  why: '%RESPONSE_CODE_DETAILS%',
  who: '%DOWNSTREAM_DIRECT_REMOTE_ADDRESS%',
  agent: '%REQ(USER-AGENT)%',
});

describe('the access log of a proxy', () => {
  test('names who refused, whatever its fields are called', () => {
    const ours = '{"path":"/Counter/k1/add","status":401,"details":"jwt","ip":"10.77.0.5","port":4711}';
    const theirs = '{"agent":"k1","p":"/Counter/k1/add?x=1","s":403,"why":"rbac","who":"10.77.0.5:4711"}';
    const found = { path: '/Counter/k1/add', clientAddress: '10.77.0.5', clientPort: 4711 };
    expect(readProxyLog(OURS, ours, { marker: 'k1' })).toEqual([{ ...found, status: 401, details: 'jwt' }]);
    expect(readProxyLog(THEIRS, theirs, { marker: 'k1' })).toEqual([{ ...found, status: 403, details: 'rbac' }]);
  });

  test('tells lines of one format from those of another by what every line of it says', () => {
    const handshakes = {
      log: 'handshake',
      ip: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%',
      port: '%DOWNSTREAM_REMOTE_PORT%',
    };
    const requests = { log: 'ingress', details: '%RESPONSE_CODE_DETAILS%', port: '%DOWNSTREAM_REMOTE_PORT%' };
    const both = [bootstrap(handshakes), bootstrap(requests)];
    const log = '{"log":"ingress","details":"rbac","port":4711}';
    expect(readProxyLog(both, log, { clientAddress: '10.77.0.5', clientPort: 4711 })).toEqual([
      { details: 'rbac', clientPort: 4711 },
    ]);
  });

  test('ties a request without a path to its connection', () => {
    const log = [
      '{"path":null,"status":400,"details":"http1.codec_error","ip":"10.77.0.5","port":4711}',
      '{"path":null,"status":400,"details":"http1.codec_error","ip":"10.77.0.5","port":4712}',
      '{"path":null,"status":400,"details":"http1.codec_error","ip":"10.77.0.9","port":4711}',
    ].join('\n');
    expect(readProxyLog(OURS, log, { clientAddress: '10.77.0.5', clientPort: 4711 })).toHaveLength(1);
  });

  test.each([
    ['[2001:db8::1]:4711', '2001:db8::1'],
    ['127.0.0.1:4711', '127.0.0.1'],
  ])('reads the address of a caller from %s', (who, clientAddress) => {
    const log = JSON.stringify({ p: '/x', s: 200, why: 'via_upstream', who });
    expect(readProxyLog(THEIRS, log, { clientAddress, clientPort: 4711 })).toHaveLength(1);
  });

  test.each([
    ['a line that is no JSON', '{"path":"/k1'],
    ['a warning that names the path', '[warning] /k1'],
    ['another path', '{"path":"/k2","status":200,"details":"k1","ip":"k1","port":1}'],
    ['nothing', ''],
  ])('takes %s for no request', (_name, log) => {
    expect(readProxyLog(OURS, log, { marker: 'k1' })).toEqual([]);
  });

  test('names nobody where there is no JSON access log', () => {
    expect(readProxyLog({}, '{"path":"/k1","details":"rbac"}', { marker: 'k1' })).toEqual([]);
  });

  test.each([
    [true, OURS],
    [true, THEIRS],
    [false, bootstrap({ ip: '%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%' })],
    [false, {}],
  ])('tells connections from one another: %s', (expected, given) => {
    expect(logsClientPorts(given)).toBe(expected);
  });
});
