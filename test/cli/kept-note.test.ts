import { keptNote } from '../../lib/cli/kept-note';
import type { KeptDeployment } from '../../lib/prove';

const KEPT: KeptDeployment = {
  subject: 'Orders/Task',
  url: 'https://restate.example.com/Counter/hello/add',
  ingress: { address: '127.0.0.1', port: 40_001 },
  caFile: '/proc/42/root/run/portcullis-keep/ca.pem',
  adminUrl: 'http://127.0.0.1:40002',
  service: { uri: 'http://10.0.0.7:9080', names: ['Counter'] },
  replaced: [],
  emulated: [],
};

describe('what is said of a deployment that is kept', () => {
  test('calls it with a token where callers show tokens', () => {
    const said = keptNote({ ...KEPT, token: 'the.good.token', tokenExpires: '2026-11-22T20:30:00.000Z' });
    expect(said).toContain('TOKEN=the.good.token\n');
    expect(said).toContain('-H "authorization: Bearer $TOKEN"');
    expect(said).toContain('good until 2026-11-22 20:30 UTC');
    expect(said).not.toContain('--cert ');
  });

  test('calls it with a certificate where callers show certificates', () => {
    const said = keptNote({ ...KEPT, clientCertificate: { certificateFile: '/c.pem', keyFile: '/k.pem' } });
    expect(said).toContain('--cert /c.pem --key /k.pem');
    expect(said).not.toMatch(/TOKEN|token/);
  });

  test('operates it as each role may, where it has a door for operators', () => {
    const roles = [
      { name: 'stateReader', token: 'reads' },
      { name: 'operator', token: 'does' },
    ];
    const said = keptNote({
      ...KEPT,
      adminDoor: { url: 'https://admin.example.com/deployments', port: 40_003, roles },
    });
    expect(said).toContain('STATE_READER=reads\n  OPERATOR=does\n');
    expect(said).toContain('--connect-to admin.example.com:443:127.0.0.1:40003');
    expect(said).toContain('-H "authorization: Bearer $STATE_READER"');
    expect(keptNote(KEPT)).not.toContain('as its operators do');
  });

  test('lets no name of the template speak to the shell or the terminal', () => {
    const url = 'https://x/$(touch%20gone)/`id`;ls';
    const said = keptNote({ ...KEPT, url, subject: '\u001b[2J', service: { ...KEPT.service, names: ['\u0007'] } });
    expect(said).toContain(`'${url}'`);
    // oxlint-disable-next-line no-control-regex
    expect(said).not.toMatch(/[\u0007\u001b]/);
  });

  test('says that the admin API there is nobody else’s', () => {
    expect(keptNote(KEPT)).toMatch(/RESTATE_ADMIN_URL=http:\/\/127\.0\.0\.1:40002\n.*without a credential/);
  });

  test.each([
    ['that another service can stand there', {}, '--service http://127.0.0.1:9080'],
    ['what was found in the service', { own: 'http://127.0.0.1:9080', names: ['Mine'] }, ': Mine\n'],
    ['why the service was refused', { own: 'http://127.0.0.1:9080', names: [], refused: '502 no' }, 'refused, 502 no'],
    [
      'what requests are signed with',
      { own: 'http://127.0.0.1:9080', identityKey: 'publickeyv1_x' },
      "['publickeyv1_x']",
    ],
  ])('says %s', (_what, change, text) => {
    expect(keptNote({ ...KEPT, service: { ...KEPT.service, ...change } })).toContain(text);
  });
});
