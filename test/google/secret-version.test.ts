import { SecretVersion, type SecretVersionOptions } from '../../lib/google/secret-version';
import { refusal } from '../core/refusal';

const SECRET = 'projects/my-project/secrets/restate-identity-key';

/** A resource as cdktf makes it, whose id is known only at deployment. */
function resource(terraformResourceType: string): { id: string } {
  const made = { terraformResourceType, id: '${TfToken[TOKEN.1]}' };
  return made;
}

describe('a version of a secret', () => {
  test.each<[string, SecretVersionOptions['secret'], string]>([
    ['its name', SECRET, `${SECRET}/versions/3`],
    [
      'a project by its number',
      'projects/123456789012/secrets/S_1-a',
      'projects/123456789012/secrets/S_1-a/versions/3',
    ],
    ['a resource', { id: '${TfToken[TOKEN.1]}' }, '${TfToken[TOKEN.1]}/versions/3'],
  ])('is named by %s', (_, secret, name) => {
    expect(SecretVersion.of({ secret, version: '3' }).name).toBe(name);
  });

  test.each([
    ['latest'],
    ['latest '],
    ['0'],
    ['03'],
    ['-1'],
    ['3.0'],
    ['prod'],
    ['3/../../other/versions/1'],
    [''],
    ['1'.repeat(20)],
  ])('is no alias: %j', (version) => {
    expect(refusal(() => SecretVersion.of({ secret: SECRET, version })).code).toBe('SecretVersionInvalid');
  });

  test('is known at synthesis', () => {
    const version = '${TfToken[TOKEN.1]}';
    expect(refusal(() => SecretVersion.of({ secret: SECRET, version })).code).toBe('ValueNotConcrete');
  });

  test.each([
    ['a value', 'hunter2-hunter2-hunter2'],
    ['a private key', '-----BEGIN PRIVATE KEY-----\nMC4CAQ\n-----END PRIVATE KEY-----\n'],
    ['a version', `${SECRET}/versions/3`],
    ['a secret with blanks', 'projects/my-project/secrets/my secret'],
    ['a secret of one region', 'projects/my-project/locations/europe-west1/secrets/s'],
    ['a secret whose name is too long', `projects/my-project/secrets/${'s'.repeat(256)}`],
    ['a project that is none', 'projects/My/secrets/s'],
    ['nothing', ''],
  ])('is refused of %s, without showing it', (_, secret) => {
    const { code, message } = refusal(() => SecretVersion.of({ secret, version: '3' }));

    expect(code).toBe('SecretIdInvalid');
    expect(message).not.toContain(secret || 'hunter2');
  });

  test('is of a secret, and of no other resource whose id would name none', () => {
    expect(SecretVersion.of({ secret: resource('google_secret_manager_secret'), version: '3' }).secret).toBe(
      '${TfToken[TOKEN.1]}',
    );
    for (const type of ['google_secret_manager_secret_version', 'google_secret_manager_regional_secret']) {
      expect(refusal(() => SecretVersion.of({ secret: resource(type), version: '3' })).code).toBe('SecretIdInvalid');
    }
  });

  test('is refused with a foreign word, a value above all', () => {
    const options = { secret: SECRET, version: '3', value: 'hunter2' };
    const { code, message } = refusal(() => SecretVersion.of(options));

    expect(code).toBe('OptionUnknown');
    expect(message).not.toContain('hunter2');
  });
});
