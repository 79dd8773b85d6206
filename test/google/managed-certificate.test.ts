import { ManagedCertificate } from '../../lib/google';
import { refusal } from '../core/refusal';

describe('a certificate that exists', () => {
  test.each([
    'projects/my-project/global/sslCertificates/restate',
    'https://www.googleapis.com/compute/v1/projects/my-project/global/sslCertificates/restate',
    '${TfToken[TOKEN.1]}',
  ])('is named by %s', (id) => {
    expect(ManagedCertificate.fromCertificateId(id).certificateId).toBe(id);
  });

  test.each([
    ['nothing', ''],
    ['a certificate of a region', 'projects/my-project/regions/europe-west1/sslCertificates/restate'],
    ['one of Certificate Manager', 'projects/my-project/locations/global/certificates/restate'],
    ['a name alone', 'restate'],
  ])('is refused where it is %s', (_, id) => {
    expect(refusal(() => ManagedCertificate.fromCertificateId(id)).code).toBe('CertificateIdInvalid');
  });
});
