import { quote, UnsafeConfigurationError } from '../core/errors';
import { type SecretVersion, secretVersion } from './secret-version';

/** A secret as Cloud Run mounts it: a folder of its own, in memory, with one file in it. */
export interface SecretMount {
  /** Name of the volume. */
  readonly volume: string;
  readonly folder: string;
  readonly file: string;
  readonly secret: SecretVersion;
}

/** A folder that is not the root, and a file in it. */
const PATH = /^((?:\/[A-Za-z0-9._-]+)+)\/([A-Za-z0-9._-]+)$/;
/** What a container has there hides behind a volume, and Cloud Run refuses the first three. */
const TAKEN = /^\/(?:dev|proc|sys|bin|sbin|lib|lib64|usr|etc)(?:\/|$)/;

/**
 * The volumes that the files of a service need.
 *
 * @throws UnsafeConfigurationError `SecretPathInvalid`, and the codes of `SecretVersion.of`
 */
export function secretMounts(secrets: Readonly<Record<string, SecretVersion>>): readonly SecretMount[] {
  const mounts = Object.entries(secrets).map(([path, secret], index): SecretMount => {
    const [, folder = '', file = ''] = PATH.exec(path) ?? [];
    if (folder === '' || TAKEN.test(folder) || path.split('/').some((part) => part === '.' || part === '..')) {
      throw invalid(path, 'it is no file in a folder that may hide behind a volume');
    }
    return { volume: `secret-${index + 1}`, folder, file, secret: secretVersion(secret) };
  });
  for (const { folder, file } of mounts) {
    const others = mounts.filter((mount) => `${mount.folder}/`.startsWith(`${folder}/`));
    if (others.length > 1)
      throw invalid(`${folder}/${file}`, 'another secret is in that folder, and one of them would hide');
  }
  return mounts;
}

function invalid(path: string, because: string): UnsafeConfigurationError {
  return new UnsafeConfigurationError({
    code: 'SecretPathInvalid',
    given: `secrets ${quote(path)}`,
    because,
    write: "give each secret a folder of its own, e.g. '/secrets/database/password'",
  });
}
