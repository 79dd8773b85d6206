import { concrete, isToken } from '../core/concrete';
import { quote, UnsafeConfigurationError } from '../core/errors';
import { assertAudience, type GoogleIdToken } from '../restate/google-id-token';

/** Where a service is called, and for whom the tokens of its caller are. */
export interface ServiceAddress {
  readonly name: string;
  readonly region: string;
  /** Number of its project. May be a token. */
  readonly projectNumber: string;
  /** Absent: the URL that Cloud Run gives it. */
  readonly address: string | undefined;
  readonly customAudiences: readonly string[];
  readonly auth: GoogleIdToken;
}

/**
 * Refuses tokens that Google's front end would refuse: it takes those for a URL of the service's own and those for one of its custom
 * audiences, and a service that is called by another name has to say which.
 *
 * @throws UnsafeConfigurationError `ServiceAddressInvalid`, `AudienceMissing`, `AudienceInvalid`, `ValueNotConcrete`
 * @see https://docs.restate.dev/services/deploy/cloud-run
 */
export function assertAddress(service: ServiceAddress): void {
  const { address, auth, customAudiences } = service;
  for (const audience of customAudiences) assertAudience('customAudiences', concrete('a custom audience', audience));
  if (address !== undefined) assertOrigin(service, address);
  if (auth.audience === undefined) {
    if (address === undefined || isOwnUrl(service, address)) return;
    throw new UnsafeConfigurationError({
      code: 'AudienceMissing',
      given: `address ${quote(address)} without an audience`,
      because:
        'the server would ask for tokens for that name, and Google takes those for the URL of the service itself alone',
      write: `give it: auth: ${withAudience(auth, ownUrl(service))}`,
    });
  }
  if (isToken(auth.audience) || customAudiences.includes(auth.audience) || isOwnUrl(service, auth.audience)) return;
  throw new UnsafeConfigurationError({
    code: 'AudienceInvalid',
    given: `audience ${quote(auth.audience)} of service ${quote(service.name)}`,
    because: 'it is neither a URL that Cloud Run gives that service nor one of its customAudiences',
    write: `give the URL without traffic tag and path, ${quote(ownUrl(service))}, or list the audience in customAudiences`,
  });
}

/** The one of the two that is known before the deployment, but for a number that is not. */
function ownUrl({ name, region, projectNumber }: ServiceAddress): string {
  return `https://${name}-${isToken(projectNumber) ? 'PROJECT_NUMBER' : projectNumber}.${region}.run.app`;
}

/** What to write for the same token with an audience. */
function withAudience(auth: GoogleIdToken, audience: string): string {
  if (auth.kind === 'ambient') return `GoogleIdToken.ambient({ audience: ${quote(audience)} })`;
  const account = isToken(auth.serviceAccount) ? 'serviceAccount' : `serviceAccount: ${quote(auth.serviceAccount)}`;
  return `GoogleIdToken.impersonated({ ${account}, audience: ${quote(audience)} })`;
}

/** The two that each service has: by the number of its project, and by a hash. Neither with a tag, which would stand before the name. */
function isOwnUrl({ name, region, projectNumber }: ServiceAddress, url: string): boolean {
  const number = isToken(projectNumber) ? '\\d+' : projectNumber;
  const host = `${name}-(?:${number}\\.${region}|[a-z0-9]+-[a-z0-9]{1,4}\\.a)\\.run\\.app`;
  return new RegExp(`^https://${host}$`).test(url);
}

const ORIGIN = /^https:\/\/(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*$/;

function assertOrigin({ name, region, projectNumber }: ServiceAddress, address: string): void {
  const [, number] = new RegExp(`^https://(?:.+---)?${name}-(\\d+)\\.${region}\\.run\\.app$`).exec(address) ?? [];
  if (number !== undefined && number !== projectNumber && !isToken(projectNumber)) {
    throw new UnsafeConfigurationError({
      code: 'ServiceAddressInvalid',
      given: `address ${quote(address)} in a project of number ${projectNumber}`,
      because: 'the number in it is that of another project, whose service would be called with the tokens of this one',
      write: `give ${quote(address.replace(`-${number}.`, `-${projectNumber}.`))}`,
    });
  }
  if (isToken(address) || ORIGIN.test(address)) return;
  throw new UnsafeConfigurationError({
    code: 'ServiceAddressInvalid',
    given: `address ${quote(address)}`,
    because: 'the server registers and calls it there, with a token that must travel over TLS alone',
    write: "give an https URL without port and path, e.g. 'https://greeter.example.com'",
  });
}
