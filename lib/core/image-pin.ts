import { concrete } from './concrete';
import { quote, UnsafeConfigurationError } from './errors';
import { refuseUnknownOptions } from './known-options';

/** What a container image is pinned by: the tag says what it is meant to be, the digest what it is. */
export interface ImagePin {
  /** Tag of a release, e.g. `1.7.12`. Never `latest`. */
  readonly tag: string;
  /** Digest of the image or of its multi-platform index: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

const OPTIONS: Readonly<Record<keyof ImagePin | 'repository', true>> = { repository: true, tag: true, digest: true };
const TAG = /^[A-Za-z0-9_][A-Za-z0-9._-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Looks at what is given as an image in a repository, before anything of it is read.
 *
 * @throws UnsafeConfigurationError `OptionMissing`, `OptionInvalid`, `OptionUnknown`
 */
export function assertImage(what: string, image: ImagePin & { readonly repository: unknown }): void {
  refuseUnknownOptions(what, image, Object.keys(OPTIONS), '{ repository, tag, digest }');
}

/** @throws UnsafeConfigurationError `ImageTagInvalid`, `ImageDigestInvalid`, `ValueNotConcrete` */
export function assertPinned(what: string, { tag, digest }: ImagePin, exampleTag: string): void {
  if (!TAG.test(concrete(`${what}.tag`, tag)) || tag === 'latest') {
    throw new UnsafeConfigurationError({
      code: 'ImageTagInvalid',
      given: `${what}.tag ${quote(tag)}`,
      because: 'it names no release, so neither a reader nor an advisory can tell what runs',
      write: `give the tag of a release, e.g. "${exampleTag}"`,
    });
  }
  if (!DIGEST.test(concrete(`${what}.digest`, digest))) {
    throw new UnsafeConfigurationError({
      code: 'ImageDigestInvalid',
      given: `${what}.digest ${quote(digest)}`,
      because: 'a tag can be moved to another image, and only the digest says what really runs',
      write: 'give "sha256:" and 64 hexadecimal digits, as `docker buildx imagetools inspect` prints them',
    });
  }
}
