import type { IMachineImage } from 'aws-cdk-lib/aws-ec2';
import { ContainerImage } from 'aws-cdk-lib/aws-ecs';
import type { IRepository } from 'aws-cdk-lib/aws-ecr';
import type { Construct } from 'constructs';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { assertPinned, type ImagePin } from '../core/image-pin';
import { isElsewhere } from './elsewhere';

/** A container image in a repository of yours, by tag and digest. */
export interface ServerImage extends ImagePin {
  /** The repository in Amazon ECR that the image was mirrored to. The node has no way out to any other registry. */
  readonly repository: IRepository;
}

/** The images of a node. Each is named by what it is, so that none of them changes with a deployment that does not say so. */
export interface ServerImages {
  /** The vendor's image `restatedev/restate`. Its tag is the version that the configuration is rendered for. */
  readonly restate: ServerImage;
  /** Envoy without a shell, of the release line that was measured: `envoyproxy/envoy:distroless-v1.40.0`. */
  readonly envoy: ServerImage;
  /**
   * An image with `/bin/sh`, coreutils and `openssl`, for the containers that make the proxy's certificate when a task starts and say how long
   * it lasts: `envoyproxy/envoy:v1.40.0`, the one with a shell. Neither of the other two has what it takes.
   */
  readonly certificate: ServerImage;
  /**
   * The image of the machine, by its id: ECS-optimised Amazon Linux 2023, or alike, for the processor of `instanceType`. Another id is
   * another machine, and an outage of minutes.
   */
  readonly machine: IMachineImage;
}

const EXAMPLE_TAGS = { restate: '1.7.12', envoy: 'distroless-v1.40.0', certificate: 'v1.40.0' } as const;

/**
 * Renders `repository:tag@digest`.
 *
 * @throws UnsafeConfigurationError `ImageRepositoryElsewhere`, `ImageTagInvalid`, `ImageDigestInvalid`, `ValueNotConcrete`
 */
export function renderImage(
  scope: Construct,
  name: Exclude<keyof ServerImages, 'machine'>,
  image: ServerImage,
): ContainerImage {
  if (isElsewhere(scope, image.repository)) {
    const { env } = image.repository;
    throw new UnsafeConfigurationError({
      code: 'ImageRepositoryElsewhere',
      given: `images.${name}.repository is in ${quote(`${env.account}/${env.region}`)}`,
      because:
        'the endpoints that the node has instead of a way out lead to the registry of its own account and region alone',
      write: 'mirror the image into a repository beside the stack',
    });
  }
  assertPinned(`images.${name}`, image, EXAMPLE_TAGS[name]);
  return ContainerImage.fromRegistry(`${image.repository.repositoryUri}:${image.tag}@${image.digest}`);
}
