import type { CheckedClaim } from '../checked-claim';
import { isKnownKey, nearestKey } from './known-keys';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { broken, unproven, worst } from './wrong';

/** Keys at the root that are read for one more minor release. */
const MOVED: Readonly<Record<string, string>> = Object.fromEntries(
  ['request-identity-private-key-pem-file', 'http-proxy', 'no-proxy', 'aws-assume-role-external-id'].map((key) => [
    key,
    `worker.invoker.${key}`,
  ]),
);
/** A number alone is one of bytes, and less than this is no memory to work with. */
const LEAST_BYTES = 1_048_576;
/** Variables by which programs are ruled, whatever their configuration says. */
const RULING = /^(?:LD_\w+|PATH|ENV|BASH_ENV|BASH_FUNC\w*|SHELLOPTS|IFS)$/;

/** Decides whether every key that is set is one that the server reads: it ignores others without a word. */
export const CONFIG_HONOURED: CheckedClaim = serverClaim('config-honoured', ({ restate }) => {
  const { settings, doubt } = serverSettings(restate);
  const unread = [...settings].filter(([key]) => !isKnownKey(key));
  return worst(
    [
      ...unread.map(([key, { said }]) => {
        const moved = MOVED[key];
        if (moved !== undefined) return broken(`${said} has moved to ${moved}, and 1.8 ignores it without a word`);
        const near = nearestKey(key);
        const perhaps = near === undefined ? '' : `; perhaps ${near} was meant`;
        return broken(
          `${said} is no key that the server is known to read, and it ignores others without a word${perhaps}`,
        );
      }),
      ...[...settings]
        .filter(isWithoutUnit)
        .map(([, { said, value = '' }]) => broken(`${said} gives ${value} bytes: a size is written with its unit`)),
      ...Object.keys({ ...restate.environment, ...restate.secrets })
        .filter((name) => RULING.test(name))
        .map((name) => unproven(`variable ${name} rules what ${restate.name} runs, which is not followed`)),
      doubt === undefined ? undefined : unproven(doubt),
    ],
    `each of the ${settings.size} keys that are set was read back from server 1.7.12`,
  );
});

function isWithoutUnit([key, { value = '' }]: readonly [string, { readonly value?: string }]): boolean {
  return key.endsWith('memory-size') && /^\d+$/.test(value) && Number(value) < LEAST_BYTES;
}
