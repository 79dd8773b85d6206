import { renderRevocationResource } from '../../lib/proxy/revocation-list';
import { refusal } from '../core/refusal';
import { clientAuthority } from './client-authority';

describe('the file of the revocation list', () => {
  let list: string;

  beforeAll(async () => {
    list = await (await clientAuthority('callers')).revoke(['0a']);
  });

  test.each(['', 'no list', '-----BEGIN CERTIFICATE-----\nAA==\n-----END CERTIFICATE-----\n'])(
    'is not made of %j, which would revoke nothing',
    (pem) => {
      expect(refusal(() => renderRevocationResource(pem)).code).toBe('RevocationListInvalid');
    },
  );

  test('holds lists and nothing of what stands around them', () => {
    const dressed = `issued by us\r\n${list.replaceAll('\n', '\r\n')}\n"}`;

    expect(renderRevocationResource(dressed)).toBe(renderRevocationResource(list));
  });

  test('holds a list for each authority', () => {
    const [{ validation_context: context }] = JSON.parse(renderRevocationResource(`${list}\n${list}`)).resources;

    expect(context.crl.inline_string.match(/BEGIN X509 CRL/g)).toHaveLength(2);
  });
});
