import type { CheckedClaim } from '../checked-claim';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { broken, unproven, worst } from './wrong';

const KEY = 'admin.disable-web-ui';

/** Decides whether the server serves its web UI, which it does unless it is told not to. */
export const ADMIN_UI_CLOSED: CheckedClaim = serverClaim('admin-ui-closed', ({ restate }) => {
  const { settings, doubt } = serverSettings(restate);
  const setting = settings.get(KEY);
  const isOff = setting?.value === 'true';
  return worst(
    [
      isOff || (setting !== undefined && setting.value === undefined)
        ? undefined
        : broken(`${setting?.said ?? "the server's default"} leaves the web UI on at the admin listener`),
      setting !== undefined && setting.value === undefined
        ? unproven(`${setting.said} has a value that only the cloud knows`)
        : undefined,
      doubt === undefined ? undefined : unproven(doubt),
    ],
    `${setting?.said ?? ''} switches the web UI of ${restate.name} off`,
  );
});
