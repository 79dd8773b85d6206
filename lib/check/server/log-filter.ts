import { literal } from '../../artifact/text';
import type { CheckedClaim } from '../checked-claim';
import { serverClaim } from './server-claim';
import { serverSettings } from './server-settings';
import { broken, unproven, worst } from './wrong';

/** Levels at which the server writes down what passes through it. */
const TELLING = /(?:^|[=,\s])(?:debug|trace)\b/i;

/** Decides of logs whether the server's own are at a level at which headers and bodies may stand in them. */
export const LOG_FILTER: CheckedClaim = serverClaim('logs-hold-no-credential', ({ restate }) => {
  const { settings, doubt } = serverSettings(restate);
  const variable = restate.environment['RUST_LOG'];
  const said = [
    ...['log-filter', 'tracing-filter'].flatMap((key) => settings.get(key) ?? []),
    ...(variable === undefined ? [] : [{ said: 'variable RUST_LOG', value: literal(variable) }]),
  ];
  const wrong = [
    ...said.map(({ said: by, value }) => {
      if (value === undefined) return unproven(`${by} has a value that only the cloud knows`);
      return TELLING.test(value) ? broken(`${by} has the server log at ${value}`) : undefined;
    }),
    settings.has('tracing-json-path') ? unproven('the server writes traces to a file') : undefined,
    doubt === undefined ? undefined : unproven(doubt),
  ];
  return worst(
    wrong,
    `the server logs at ${settings.get('log-filter')?.value ?? 'its default'}, at which no request is written down`,
  );
});
