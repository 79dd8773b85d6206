import { literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { broken, unproven, worst } from './wrong';

const TELEMETRY = 'disable-telemetry';
/** Keys by which the server sends what it does, or what it asks services, elsewhere. */
const ELSEWHERE: readonly string[] = [
  'tracing-endpoint',
  'tracing-runtime-endpoint',
  'tracing-services-endpoint',
  'worker.invoker.http-proxy',
  'admin.deployment-routing-headers',
];

/** Decides of the way out whether the server itself is told to speak to somebody. */
export const QUIET: CheckedClaim = serverClaim('egress-closed', ({ restate }) => {
  const { settings, doubt } = serverSettings(restate);
  const telemetry = settings.get(TELEMETRY);
  const isAsked = literal(restate.environment['DO_NOT_TRACK'] ?? []) === '1';
  const isOff = telemetry === undefined ? isAsked : telemetry.value === 'true';
  const wrong = [
    isOff ? undefined : broken(`${telemetry?.said ?? "the server's default"} lets the server report to its vendor`),
    ...ELSEWHERE.map((key) => settings.get(key)).map((setting) =>
      setting === undefined ? undefined : unproven(`${setting.said} leads what the server sends to another place`),
    ),
    doubt === undefined ? undefined : unproven(doubt),
  ];
  return worst(wrong, 'the server is told to report to nobody, and sends its calls straight to services');
});
