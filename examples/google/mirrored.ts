import { SecretVersion, type ServerImage, type ServerImages } from 'portcullis/google';
import { PROJECT, REGION } from './example-stack';

const REGISTRY = `${REGION}-docker.pkg.dev/${PROJECT.id}`;

/**
 * Your mirror of the vendors' images. THE DIGESTS AND THE NAME OF THE MACHINE'S IMAGE ARE FICTITIOUS: print the real ones with
 * `docker buildx imagetools inspect restatedev/restate:1.7.12` when you copy the images, and with `gcloud compute images list`.
 */
export const MIRRORED = {
  restate: { repository: `${REGISTRY}/mirror/restate`, tag: '1.7.12', digest: `sha256:${'0'.repeat(64)}` },
  envoy: { repository: `${REGISTRY}/mirror/envoy`, tag: 'distroless-v1.40.0', digest: `sha256:${'1'.repeat(64)}` },
  machine: 'projects/cos-cloud/global/images/cos-121-18867-90-59',
} as const satisfies ServerImages;

/** Envoy with a shell, which makes the certificate that Google's balancer sees. */
export const CERTIFICATE_IMAGE: ServerImage = {
  repository: `${REGISTRY}/mirror/envoy`,
  tag: 'v1.40.0',
  digest: `sha256:${'2'.repeat(64)}`,
};

/** A service of yours: an endpoint of the SDK that is given `process.env.RESTATE_IDENTITY_KEYS`. */
export const GREETER_IMAGE: ServerImage = {
  repository: `${REGISTRY}/services/greeter`,
  tag: '1.0.0',
  digest: `sha256:${'3'.repeat(64)}`,
};

/** A secret that you made beside these stacks, so that its value stands in none of their files. */
export function secret(name: string): SecretVersion {
  return SecretVersion.of({ secret: `projects/${PROJECT.id}/secrets/${name}`, version: '1' });
}
