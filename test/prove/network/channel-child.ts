import { serveRequests } from '../../../lib/prove/network/serve-requests';

/** A child that echoes, fails, stays silent or ends, as it is asked; and that says something on stdout each time. */
serveRequests(async (given) => {
  const { echo, end } = given as { echo?: unknown; end?: number };
  process.stdout.write('{"id":1,"result":"not an answer"}\n');
  if (end !== undefined) {
    process.stderr.write('its last words');
    setTimeout(() => process.exit(end), 50);
    return new Promise(() => undefined);
  }
  if (echo === undefined) throw new Error('nothing to echo');
  return echo === 'silence' ? new Promise(() => undefined) : echo;
});
