import { concrete, isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { assertImage, assertPinned, type ImagePin } from '../core/image-pin';

/** A container image in a repository of yours, by tag and digest. */
export interface ServerImage extends ImagePin {
  /**
   * Where in Artifact Registry the image was mirrored to: `europe-west3-docker.pkg.dev/project/mirror/restate`. The machine has no way out
   * to any other registry.
   */
  readonly repository: string;
}

/** The images of a node. Each is named by what it is, so that none of them changes with a deployment that does not say so. */
export interface ServerImages {
  /** The vendor's image `restatedev/restate`. Its tag is the version that the configuration is rendered for. */
  readonly restate: ServerImage;
  /** Envoy without a shell, of the release line that was measured: `envoyproxy/envoy:distroless-v1.40.0`. */
  readonly envoy: ServerImage;
  /**
   * An image with `/bin/sh`, coreutils and `openssl`, for the container that makes Envoy's certificate when the machine starts:
   * `envoyproxy/envoy:v1.40.0`, the one with a shell.
   *
   * @default - none: required with `ManagedCertificate`, refused without
   */
  readonly certificate?: ServerImage;
  /**
   * The image of the machine: Container-Optimized OS, by its name and never by a family, whose machines change with each release:
   * `projects/cos-cloud/global/images/cos-121-18867-90-59`. Another image is another machine, and an outage of minutes.
   */
  readonly machine: string;
}

/** A repository of Artifact Registry, as its access is granted. */
export interface ImageRepository {
  readonly project: string;
  readonly location: string;
  readonly repository: string;
}

type ContainerName = Exclude<keyof ServerImages, 'machine'>;

const EXAMPLE_TAGS = { restate: '1.7.12', envoy: 'distroless-v1.40.0', certificate: 'v1.40.0' } as const;
const REGISTRY = /^([a-z]+(?:-[a-z]+\d+)?)-docker\.pkg\.dev$/;
const PATH_PART = /^[a-z0-9][a-z0-9._-]*$/;
const MACHINE_IMAGE =
  /^(?:https:\/\/www\.googleapis\.com\/compute\/v1\/)?projects\/[a-z0-9.:-]+\/global\/images\/([a-z0-9-]+)$/;

/**
 * Renders `repository:tag@digest`.
 *
 * @throws UnsafeConfigurationError `ImageRepositoryElsewhere`, `ImageTagInvalid`, `ImageDigestInvalid`, `ValueNotConcrete`, and the codes of
 * {@link assertImage}
 */
export function renderImage(name: ContainerName, image: ServerImage): string {
  return renderPinnedImage(`images.${name}`, image, EXAMPLE_TAGS[name]);
}

/**
 * Renders `repository:tag@digest` of an image that is given as `what`.
 *
 * @throws UnsafeConfigurationError the codes of {@link renderImage}
 */
export function renderPinnedImage(what: string, image: ServerImage, exampleTag: string): string {
  assertImage(what, image);
  repositoryOf(what, image);
  assertPinned(what, image, exampleTag);
  return `${image.repository}:${image.tag}@${image.digest}`;
}

/**
 * The repository that an image is pulled from. Its project may be known only at deployment.
 *
 * @throws UnsafeConfigurationError `ImageRepositoryElsewhere`
 */
export function imageRepository(name: ContainerName, image: ServerImage): ImageRepository {
  return repositoryOf(`images.${name}`, image);
}

function repositoryOf(what: string, image: ServerImage): ImageRepository {
  const [registry = '', project = '', repository = '', ...path] =
    typeof image.repository === 'string' ? image.repository.split('/') : [];
  const location = REGISTRY.exec(registry)?.[1];
  const plain = [repository, ...path].every((part) => PATH_PART.test(part));
  if (location === undefined || path.length === 0 || !plain || !(isToken(project) || PATH_PART.test(project))) {
    throw new UnsafeConfigurationError({
      code: 'ImageRepositoryElsewhere',
      given: `${what}.repository ${quote(image.repository)}`,
      because: 'Artifact Registry alone asks who pulls and who pushes, and is reached without the internet',
      write: "mirror the image, and name it without tag: 'europe-west3-docker.pkg.dev/project/mirror/restate'",
    });
  }
  return { project, location, repository };
}

/**
 * The image of the machine, one and for good.
 *
 * @throws UnsafeConfigurationError `MachineImageMoves`, `ValueNotConcrete`
 */
export function machineImage(image: string): string {
  if (MACHINE_IMAGE.test(concrete('images.machine', image))) return image;
  throw new UnsafeConfigurationError({
    code: 'MachineImageMoves',
    given: `images.machine ${quote(image)}`,
    because: 'a family, or a name without its project, is another image with each release, and nobody says so',
    write: "name one image: 'projects/cos-cloud/global/images/cos-121-18867-90-59'",
  });
}
