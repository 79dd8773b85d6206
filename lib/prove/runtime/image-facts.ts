import type { Container, Host } from '../../artifact/artifact';
import { envoyContainer, restateContainer } from '../../artifact/role';

/** What an image says where the template says nothing. */
export interface ImageFacts {
  readonly entryPoint: readonly string[];
  /** `uid:gid` */
  readonly user: string;
}

const ROOT = '0:0';
/** The user `nonroot` of the distroless images. */
const DISTROLESS = '65532:65532';

/**
 * The entry point and user of the vendors' images, for templates that leave them to the image.
 *
 * @see https://github.com/envoyproxy/envoy/blob/main/distribution/docker/Dockerfile-envoy
 * @see https://github.com/restatedev/restate/blob/main/docker/Dockerfile
 */
export function imageFacts(container: Container, host: Host): ImageFacts {
  if (container === envoyContainer(host)) {
    return { entryPoint: ['/usr/local/bin/envoy'], user: isDistroless(container) ? DISTROLESS : ROOT };
  }
  return { entryPoint: container === restateContainer(host) ? ['/usr/local/bin/restate-server'] : [], user: ROOT };
}

function isDistroless({ image }: Container): boolean {
  return image.text.some((part) => typeof part === 'string' && part.includes('distroless'));
}
