import type { CheckedClaim } from '../checked-claim';
import { durationSeconds } from './duration';
import { serverClaim } from './server-claim';
import { type ServerSettings, serverSettings } from './server-settings';
import { broken, unproven, worst, type Wrong } from './wrong';

/** The key of the configuration that makes the server sign. */
export const IDENTITY_KEY = 'worker.invoker.request-identity-private-key-pem-file';
const DEPRECATED_KEY = 'request-identity-private-key-pem-file';
const EXPIRATION_KEY = 'worker.invoker.request-identity-expiration';
/** A request that is stolen can be replayed to its own path for so long. */
const LONGEST_EXPIRATION_SECONDS = 300;
/** The line of releases that was asked for its keys: the next one ignores some of them. */
const MEASURED = /^1\.7\.\d+$/;

/** Decides whether the server signs its requests, by the key of its configuration and the version that reads it. */
export const REQUESTS_SIGNED: CheckedClaim = serverClaim('requests-signed', ({ restate }) => {
  const configuration = serverSettings(restate);
  const { tag } = restate.image;
  const file = configuration.settings.get(IDENTITY_KEY)?.value;
  return worst(
    [
      key(configuration),
      expiration(configuration),
      MEASURED.test(tag ?? '')
        ? undefined
        : unproven(`whether version ${tag ?? '(none in the image)'} of the server reads ${IDENTITY_KEY} was not tried`),
    ],
    `${restate.name} signs with the key in ${file ?? ''}, which server ${tag ?? ''} reads and does not start without`,
  );
});

function key({ settings, doubt }: ServerSettings): Wrong | undefined {
  const setting = settings.get(IDENTITY_KEY);
  if (setting === undefined) {
    const old = settings.get(DEPRECATED_KEY);
    if (doubt !== undefined) return unproven(`nothing here says ${IDENTITY_KEY}, and ${doubt}`);
    return broken(
      old === undefined
        ? `nothing says ${IDENTITY_KEY}, without which the server sends every request unsigned`
        : `${old.said} is the key of releases before 1.7; 1.8 ignores it without a word and signs nothing`,
    );
  }
  if (setting.value === '') return broken(`${setting.said} is empty`);
  if (setting.value === undefined) return unproven(`${setting.said} names a file that only the cloud knows`);
  return doubt === undefined ? undefined : unproven(doubt);
}

function expiration({ settings }: ServerSettings): Wrong | undefined {
  const setting = settings.get(EXPIRATION_KEY);
  if (setting === undefined) return undefined;
  const seconds = setting.value === undefined ? undefined : durationSeconds(setting.value);
  if (seconds === undefined) return unproven(`${setting.said} is no duration that can be read`);
  return seconds <= LONGEST_EXPIRATION_SECONDS
    ? undefined
    : broken(`${setting.said} lets a signature live for ${seconds} s, more than ${LONGEST_EXPIRATION_SECONDS} s`);
}
